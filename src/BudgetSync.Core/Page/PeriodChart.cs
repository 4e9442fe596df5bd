using System.Globalization;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>The periods side by side: a bar each for what was spent, a tick for its limit. The numbers stand in the table below it.</summary>
internal static class PeriodChart
{
    private const decimal Height = 60;
    private const int Step = 26;

    public static void Write(HtmlWriter html, PageLine line, PageCurve curve)
    {
        if (curve.Closed.IsEmpty) return;
        var periods = curve.Closed.Select(closed => (Spent: closed.Actual, closed.Limit)).TakeLast(AccountPart.ClosedShown)
            .Append((Spent: line.Actual ?? 0, Limit: line.Limit ?? 0))
            .ToList();
        var scale = Math.Max(0.01m, periods.Max(period => Math.Max(period.Spent, period.Limit)));
        var over = periods.Count(period => period.Limit > 0 && period.Spent > period.Limit);
        html.Add("<figure><svg class=periods viewBox=\"0 0 340 62\" role=img>");
        html.Add($"<title>{periods.Count} periods, the last one runs; {over} above their limit</title><path d=\"");
        foreach (var (period, index) in periods.Select((period, index) => (period, index)))
            html.Add($"M{X(index)} 60v-{Size(period.Spent)}h20V60z");
        html.Add("\"/><path class=f d=\"");
        foreach (var (period, index) in periods.Select((period, index) => (period, index)))
            html.Add($"M{X(index - 1, Step - 2)} {PageText.Coordinate(Height - (Height * (Statistics.Ratio(period.Limit, scale) ?? 0)))}h24");
        html.Add("\"/></svg><figcaption>Bars: spent in each period. Lines: their limits.</figcaption></figure>\n");

        string Size(decimal amount) => PageText.Coordinate(Height * (Statistics.Ratio(Math.Clamp(amount, 0, scale), scale) ?? 0));

        static string X(int index, int shift = 2) => ((index * Step) + shift).ToString(CultureInfo.InvariantCulture);
    }
}
