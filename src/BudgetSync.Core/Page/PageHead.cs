using System.Globalization;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>The first thing seen: the numbers of the whole organization, and how many accounts stand where.</summary>
internal static class PageHead
{
    /// <summary>Written once an hour; from here on one is missing.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(2);

    /// <param name="seen">When a page that was kept is looked at; null for one that was made just now.</param>
    public static void Write(HtmlWriter html, SpendPage page, DateTimeOffset? seen = null)
    {
        html.Add(
            $"<header><h1>Budgets of {page.Organization}</h1><p>As of {PageText.Instant(page.GeneratedAt)} UTC{Age(page, seen)}. AWS computes ");
        html.Add("what was spent two or three times a day, so amounts are hours old.</p></header>\n");
        if (seen - page.GeneratedAt >= Late) html.Add("<p class=doubt>The hourly page has not been written since. The log of BudgetSync-Report says why.");
        html.Add("<dl class=tiles>");
        var lines = page.Lines;
        Tile(html, "Accounts", Count(lines.Select(line => line.Account).Distinct(StringComparer.Ordinal).Count()), "");
        foreach (var money in lines.Where(line => line is { Limit: not null, Currency.Length: > 0 }).GroupBy(line => (line.Currency, Unit: PeriodText(line)))
            .OrderBy(group => group.Key))
        {
            var (limit, spent) = (Sum(money, line => line.Limit), Sum(money, line => line.Actual));
            // What a month and what a year may cost are no sum.
            var unit = $"{money.Key.Currency}{money.Key.Unit}";
            Tile(html, $"Spent, {unit}", PageText.Digits(spent, money.Key.Currency), $"of {PageText.Digits(limit, money.Key.Currency)} in all budgets");
            var expected = Sum(money, line => line.Forecast ?? line.Actual);
            Tile(html, $"Expected, {unit}", PageText.Digits(expected, money.Key.Currency), "at the periods' ends");
        }

        Tile(html, "Over or worse", Count(lines.Count(line => line.Spend >= SpendState.Over)), "budgets");
        Tile(html, "Run out early", Count(lines.Count(line => line.ExhaustedOn is not null)), "before their period ends");
        Tile(html, "Not covered", Count(page.Coverage.Counts.GetValueOrDefault(CoverageState.Uncovered)), "accounts without a budget");
        Tile(html, "Not current", Count(lines.Count(line => line.Doubt.Length > 0)), "amounts AWS has not computed lately");
        html.Add("</dl>\n");
        States(html, page);
        foreach (var unknown in page.Unknown) html.Add($"<p class=doubt>{unknown}");
        html.Add("\n");
    }

    /// <summary><c> a month</c>; "" where the period is not known.</summary>
    private static string PeriodText(PageLine line) => line.Period?.Days switch
    {
        null or 0 => "",
        1 => " a day",
        >= 28 and <= 31 => " a month",
        >= 90 and <= 92 => " a quarter",
        365 or 366 => " a year",
        _ => " in its period",
    };

    /// <summary><c>, 25 minutes ago</c>.</summary>
    private static string Age(SpendPage page, DateTimeOffset? seen) => seen is { } now && now >= page.GeneratedAt
        ? string.Create(CultureInfo.InvariantCulture, $", {AgeText(now - page.GeneratedAt)} ago")
        : "";

    private static string AgeText(TimeSpan age) => age.TotalHours < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} {((int)age.TotalMinutes == 1 ? "minute" : "minutes")}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} hours");

    private static void States(HtmlWriter html, SpendPage page)
    {
        html.Add("<div class=states><div><h2>Where the money stands</h2><ul>");
        foreach (var state in Enum.GetValues<SpendState>().Reverse())
            html.Add($"<li class={SpendTable.Mark(state)}><b>{page.Lines.Count(line => line.Spend == state)}</b> {state.ToString()}");
        html.Add("</ul></div><div><h2>Where the rows stand</h2><ul>");
        foreach (var (state, count) in page.Coverage.Counts) html.Add($"<li><b>{count}</b> {state.ToString()}");
        html.Add("</ul></div></div>\n");
    }

    private static void Tile(HtmlWriter html, string name, string value, string note) => html.Add($"<div><dt>{name}<dd>{value} <small>{note}</small></div>");

    private static string Count(int count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    private static decimal Sum(IEnumerable<PageLine> lines, Func<PageLine, decimal?> amount) => lines.Sum(line => Statistics.Bounded(amount(line) ?? 0));
}
