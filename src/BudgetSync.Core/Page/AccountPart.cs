using System.Security.Cryptography;
using System.Text;

namespace BudgetSync.Core.Page;

/// <summary>What there is to say of one budget: how its states came about, the curve of the period, and the periods before.</summary>
internal static class AccountPart
{
    /// <summary>With the one that runs, thirteen: a month stands beside the same month a year before.</summary>
    internal const int ClosedShown = 12;

    /// <summary>Of the part's element. A budget's name may hold anything, so a digest of it stands for it.</summary>
    public static string Id(PageLine line) =>
        $"a-{line.Account}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line.Budget))[..4])}";

    public static void Write(HtmlWriter html, PageLine line)
    {
        html.Add($"<details id=\"{Id(line)}\" class={SpendTable.Mark(line.Spend)}><summary><b>{line.Account}</b> {line.Name} · {line.Budget} · ");
        html.Add($"{PageText.Digits(line.Actual, line.Currency)} of {PageText.Money(line.Limit, line.Currency)} · {line.Spend.ToString()}</summary>\n");
        if (line.Doubt.Length > 0) html.Add($"<p class=doubt>{line.Doubt}");
        if (line.Snoozed.Length > 0) html.Add($"<p>The account is {line.Snoozed}.");
        if (!line.Why.IsEmpty)
        {
            html.Add("<ul>");
            foreach (var why in line.Why) html.Add($"<li>{why}");
            html.Add("</ul>\n");
        }

        if (line.Curve is { } curve)
        {
            CurveChart.Write(html, line, curve);
            WriteClosed(html, line, curve);
        }
        else
        {
            html.Add("<p>No history yet: it begins with the first look at the budget.");
        }

        html.Add("</details>\n");
    }

    private static void WriteClosed(HtmlWriter html, PageLine line, PageCurve curve)
    {
        PeriodChart.Write(html, line, curve);
        html.Add($"<div class=wide tabindex=0 role=region aria-label=\"Periods of {line.Budget} of {line.Account}\"><table>");
        html.Add("<caption>This period and up to twelve before</caption><thead><tr>");
        html.Add("<th scope=col>Period<th scope=col class=n>Limit<th scope=col class=n>Spent<th scope=col class=n>Used<th scope=col class=n>Variance"
            + "<th scope=col>Highest<tbody>\n");
        html.Add($"<tr><th scope=row>{curve.Period.ToString()} (runs)<td>{PageText.Digits(line.Limit, line.Currency)}<td>");
        html.Add($"{PageText.Digits(line.Actual, line.Currency)}<td>");
        html.Add($"{PageText.Percent(line.Percent)}<td>{PageText.None}<td>{line.Spend.ToString()}\n");
        foreach (var closed in curve.Closed.Reverse().Take(ClosedShown))
        {
            html.Add($"<tr class={SpendTable.Mark(closed.Highest)}><th scope=row>{closed.Period.ToString()}{(closed.Final ? "" : " (not final)")}");
            html.Add($"<td>{PageText.Digits(closed.Limit, line.Currency)}<td>{PageText.Digits(closed.Actual, line.Currency)}<td>");
            html.Add($"{PageText.Percent(100 + closed.VariancePercent)}<td>{PageText.Digits(closed.Variance, line.Currency)}<td>{closed.Highest.ToString()}\n");
        }

        html.Add("</table></div>");
    }
}
