using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>A line per budget, what needs attention first. End tags that HTML allows to leave out are left out: ten thousand lines stay below 3 MB.</summary>
internal static class SpendTable
{
    public static void Write(HtmlWriter html, IReadOnlyList<PageLine> lines, Func<PageLine, bool> hasPart)
    {
        html.Add(
            "<div class=wide tabindex=0 role=region aria-label=\"Budgets\"><table id=budgets><caption>Budgets, what needs attention first</caption><thead><tr>"
                + "<th scope=col>Account<th scope=col>Unit<th scope=col>Budget<th scope=col class=n>Limit<th scope=col class=n>Spent"
                + "<th scope=col class=n>Used<th scope=col class=n>Pace<th scope=col>Runs out<th scope=col>Spend<th scope=col>Row<th scope=col>As of (UTC)"
                + "<tbody>\n");
        foreach (var line in lines) WriteLine(html, line, hasPart(line));
        html.Add("</table></div>\n");
    }

    private static void WriteLine(HtmlWriter html, PageLine line, bool hasPart)
    {
        html.Add($"<tr class={Mark(line.Spend)}><th scope=row>");
        if (hasPart) html.Add($"<a href=\"#{AccountPart.Id(line)}\">{line.Account}</a>");
        else html.Add($"{line.Account}");
        if (line.Name.Length > 0) html.Add($" <i>{line.Name}</i>");
        html.Add($"<td>{line.Unit}<td>{line.Budget}<td>{PageText.Money(line.Limit, line.Currency)}<td>{PageText.Digits(line.Actual, line.Currency)}<td>");
        SpendBar.Write(html, line.Percent, line.ForecastPercent);
        html.Add($"{PageText.Percent(line.Percent)}<td>{PageText.Pace(line.Pace)}<td>{PageText.Day(line.ExhaustedOn)}");
        html.Add($"<td>{line.Spend.ToString()}<td>{line.Row.ToString()}<td>{PageText.Instant(line.AsOf)}");
        if (line.Doubt.Length > 0) html.Add($" <abbr title=\"{line.Doubt}\">not current</abbr>");
        if (line.Snoozed.Length > 0) html.Add($" <abbr title=\"{line.Snoozed}\">snoozed</abbr>");
        html.Add("\n");
    }

    /// <summary>The class that gives a line its colour; the state stands there as a word too.</summary>
    internal static string Mark(SpendState state) => state switch
    {
        SpendState.Unused => "un",
        SpendState.Under => "ud",
        SpendState.OnTarget => "ok",
        SpendState.Over => "ov",
        SpendState.Critical => "cr",
        SpendState.Shutdown => "sd",
        _ => "no",
    };
}
