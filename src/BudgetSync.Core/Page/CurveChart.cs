using System.Text;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>
/// The period that runs, as inline SVG: spent by day, the ideal line from nothing to the limit, the forecast with its fan of 80 %, and a line per threshold.
/// </summary>
internal static class CurveChart
{
    private const decimal Width = 600;
    private const decimal Height = 200;

    /// <summary>Below this share of the largest amount apart, two texts would cover each other.</summary>
    private const decimal TextsApart = 0.07m;

    public static void Write(HtmlWriter html, PageLine line, PageCurve curve)
    {
        if (curve.Period.Days == 0) return;
        var scale = Scale(line, curve);
        html.Add("<figure><svg class=curve viewBox=\"-6 -12 690 232\" role=img>");
        html.Add($"<title>{Describe(line, curve)}</title>");
        if (line.Limit is { } limit)
        {
            html.Add($"<path class=ideal d=\"M0 {Y(0)}L{PageText.Coordinate(Width)} {Y(limit)}\"/>");
            Level(html, limit, "limit");
        }

        // The highest first, and one whose words would stand on the last one's has none.
        decimal? above = line.Limit;
        foreach (var threshold in curve.Thresholds.Where(threshold => threshold.Amount > 0 && threshold.Amount <= scale).OrderByDescending(item => item.Amount))
        {
            if (above is { } last && Math.Abs(last - threshold.Amount) < scale * TextsApart) continue;
            Level(html, threshold.Amount, threshold.Text);
            above = threshold.Amount;
        }

        var days = curve.Totals.Where(total => total.Period == curve.Period).OrderBy(total => total.Day).ToList();
        if (days.Count > 0)
        {
            var (day, total) = (curve.Period.DayOf(days[^1].Day), days[^1].Total);
            if (curve.Forecast is { Low: { } low, High: { } high })
                html.Add($"<path class=fan d=\"M{X(day)} {Y(total)}L{PageText.Coordinate(Width)} {Y(high)}V{Y(low)}z\"/>");
            if ((line.Forecast ?? curve.Forecast.Amount) is { } expected)
                html.Add($"<path class=expected d=\"M{X(day)} {Y(total)}L{PageText.Coordinate(Width)} {Y(expected)}\"/>");
            var path = new StringBuilder($"M0 {Y(0)}");
            foreach (var known in days) path.Append('L').Append(X(curve.Period.DayOf(known.Day))).Append(' ').Append(Y(known.Total));
            html.Add($"<path class=spent d=\"{path.ToString()}\"/>");
        }

        html.Add($"<path class=axis d=\"M0 0V{PageText.Coordinate(Height)}H{PageText.Coordinate(Width)}\"/>");
        html.Add($"<text x=0 y=216>{AmountText.Of(curve.Period.Start)}</text>");
        html.Add($"<text x=600 y=216 class=end>{AmountText.Of(curve.Period.LastDay)}</text></svg>");
        html.Add("<figcaption>Thick: spent. Thin: an even pace to the limit. Dashed: forecast");
        if (curve.Forecast.Low is not null) html.Add("; shaded: where it ends in 4 of 5 cases");
        html.Add(".</figcaption></figure>\n");

        string X(int day) => PageText.Coordinate(Width * day / curve.Period.Days);
        string Y(decimal amount) => PageText.Coordinate(Height - (Height * (Statistics.Ratio(Math.Clamp(amount, 0, scale), scale) ?? 0)));

        void Level(HtmlWriter to, decimal amount, string words)
        {
            to.Add($"<path class=level d=\"M0 {Y(amount)}H{PageText.Coordinate(Width)}\"/><text x=604 y={Y(amount)}>{words}</text>");
        }
    }

    /// <summary>The largest amount that is drawn, and a little above it.</summary>
    private static decimal Scale(PageLine line, PageCurve curve)
    {
        var amounts = curve.Totals.Where(total => total.Period == curve.Period).Select(total => (decimal?)total.Total)
            .Append(line.Limit)
            .Append(line.Actual)
            .Append(line.Forecast)
            .Append(curve.Forecast.High);
        return Math.Max(0.01m, Statistics.Bounded(amounts.Max() ?? 0));
    }

    /// <summary>What the picture shows, for who does not see it.</summary>
    private static string Describe(PageLine line, PageCurve curve)
    {
        var last = curve.Totals.Where(total => total.Period == curve.Period).OrderBy(total => total.Day).LastOrDefault();
        var spent = last.Period == curve.Period
            ? $"{AmountText.Of(last.Total, line.Currency)} spent by {AmountText.Of(last.Day)}"
            : "no day known yet";
        var expected = (line.Forecast ?? curve.Forecast.Amount) is { } forecast ? $", {AmountText.Digits(forecast, line.Currency)} expected at the end" : "";
        return $"{curve.Period}: {spent}{expected}{(line.Limit is { } limit ? $", limit {AmountText.Digits(limit, line.Currency)}" : "")}";
    }
}
