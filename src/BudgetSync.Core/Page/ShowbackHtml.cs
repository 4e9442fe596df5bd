using System.Globalization;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>The showback as one self-contained file without a script. Values are encoded by <see cref="HtmlWriter"/>, all of them.</summary>
public static class ShowbackHtml
{
    public static string Of(Showback showback)
    {
        var month = showback.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var name = showback.Scope == Showback.Everything ? "all accounts" : showback.Unit.Length > 0 ? showback.Unit : showback.Scope;
        var html = new HtmlWriter();
        html.Add("<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>");
        html.Add($"<meta http-equiv=Content-Security-Policy content=\"{PageAssets.Policy}\">");
        html.Add("<meta name=viewport content=\"width=device-width,initial-scale=1\"><meta name=color-scheme content=\"light dark\">");
        html.Add($"<title>{month}: {name}</title><style>").AddAsset(PageAssets.Style).Add("</style></head><body>\n<main>\n");
        html.Add($"<header><h1>{month}: {name}</h1><p>");
        if (showback.Scope != Showback.Everything) html.Add($"{showback.Scope}, the accounts in it and below it. ");
        html.Add($"Made {PageText.Instant(showback.At)} UTC. ");
        var open = showback.Lines.Count(line => !line.Final);
        if (open > 0) html.Add($"AWS may still change {open} of {showback.Lines.Length} amounts.");
        else html.Add("All amounts are final.");
        html.Add("</p></header>\n<dl class=tiles>");
        Tiles(html, showback);
        html.Add("</dl>\n");
        Table(html, showback);
        return html.Add("</main></body></html>\n").ToString();
    }

    private static void Tiles(HtmlWriter html, Showback showback)
    {
        Tile(html, "Accounts", Count(showback.Lines.Select(line => line.Account).Distinct(StringComparer.Ordinal).Count()), "");
        foreach (var unit in showback.Lines.GroupBy(line => line.Currency).OrderBy(unit => unit.Key, StringComparer.Ordinal))
        {
            var (whole, budgets) = (unit.Where(line => line.IsWholeAccount).ToList(), unit.Where(line => !line.IsWholeAccount).ToList());
            var cost = PageText.Digits(Sum(whole, line => line.Spent), unit.Key);
            if (whole.Count > 0) Tile(html, $"Cost, {unit.Key}", cost, $"of {Count(whole.Count)} accounts");
            // Budgets of one account may count the same cost: their sum is none of what was paid.
            if (budgets.Count == 0) continue;
            var limit = PageText.Digits(Sum(budgets, line => line.Limit), unit.Key);
            Tile(html, $"In budgets, {unit.Key}", PageText.Digits(Sum(budgets, line => line.Spent), unit.Key), $"of {limit}");
        }

        Tile(html, "Over", Count(showback.Lines.Count(line => line.Variance > 0)), "budgets");
    }

    private static void Table(HtmlWriter html, Showback showback)
    {
        html.Add(
            "<div class=wide tabindex=0 role=region aria-label=\"Accounts\"><table class=showback><caption>Accounts and their budgets</caption><thead><tr>"
                + "<th scope=col>Account<th scope=col>Unit<th scope=col>Budget<th scope=col class=n>Limit<th scope=col class=n>Spent<th scope=col>Used"
                + "<th scope=col>Highest<th scope=col class=n>Days over<th scope=col>Final<tbody>\n");
        foreach (var line in showback.Lines)
        {
            html.Add($"<tr class={SpendTable.Mark(line.Highest)}><th scope=row>{line.Account}");
            if (line.Name.Length > 0) html.Add($" <i>{line.Name}</i>");
            html.Add($"<td>{line.Unit}<td>");
            if (line.IsWholeAccount) html.Add("all costs");
            else html.Add($"{line.Budget}");
            html.Add($"<td class=n>{PageText.Money(line.Limit, line.Currency)}<td class=n>{PageText.Money(line.Spent, line.Currency)}<td>");
            SpendBar.Write(html, line.Percent, null);
            html.Add($"{PageText.Percent(line.Percent)}<td>{(line.IsWholeAccount ? PageText.None : line.Highest.ToString())}");
            html.Add($"<td class=n>{line.DaysOver?.ToString(CultureInfo.InvariantCulture) ?? PageText.None}<td>{(line.Final ? "yes" : "not yet")}\n");
        }

        html.Add("</table></div>\n");
    }

    private static void Tile(HtmlWriter html, string name, string value, string note) => html.Add($"<div><dt>{name}<dd>{value} <small>{note}</small></div>");

    private static string Count(int count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    private static decimal Sum(IEnumerable<ShowbackLine> lines, Func<ShowbackLine, decimal?> amount) =>
        lines.Sum(line => Statistics.Bounded(amount(line) ?? 0));
}
