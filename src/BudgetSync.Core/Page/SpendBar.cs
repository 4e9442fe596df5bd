namespace BudgetSync.Core.Page;

/// <summary>
/// How much of a limit is used, as a bar with a tick for the forecast. Its numbers stand beside it, so it is decoration. Drawn in the style sheet's pixels, for
/// a viewBox on each of ten thousand lines would be a tenth of the page.
/// </summary>
internal static class SpendBar
{
    /// <summary>In percent of the limit; what is beyond it ends there.</summary>
    private const decimal End = 150;

    /// <summary>The width that page.css gives the drawing.</summary>
    private const decimal Pixels = 90;

    public static void Write(HtmlWriter html, decimal? used, decimal? expected)
    {
        if (used is not { } percent) return;
        html.Add($"<svg><path d=\"M0 5h{At(percent)}\"/>");
        if (expected is { } forecast) html.Add($"<path class=f d=\"M{At(forecast)} 0v10\"/>");
        html.Add("</svg>");
    }

    private static string At(decimal percent) => PageText.Coordinate(Math.Round(Math.Clamp(percent, 0, End) * Pixels / End));
}
