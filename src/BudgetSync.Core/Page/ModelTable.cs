using System.Globalization;
using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Page;

/// <summary>Who spends what on models, what needs attention first; nothing where nobody meters any.</summary>
internal static class ModelTable
{
    /// <param name="most">Lines that are shown; the rest is counted.</param>
    public static void Write(HtmlWriter html, SpendPage page, int most = PageModel.Most)
    {
        if (page.Models.IsEmpty) return;
        html.Add(
            "<h2 id=models>Models</h2><div class=wide tabindex=0 role=region aria-label=\"Models\"><table class=models>"
                + "<caption>Budgets of models of Amazon Bedrock, by the list of prices, as spokes last told</caption><thead><tr>"
                + "<th scope=col>Account<th scope=col>Budget<th scope=col class=n>Limit<th scope=col class=n>Spent<th scope=col>Used<th scope=col>State"
                + "<th scope=col>Until (UTC)<th scope=col>At the limit<th scope=col>Mostly<tbody>\n");
        foreach (var model in page.Models.Take(most)) WriteLine(html, model);
        html.Add("</table></div>\n");
        var quieter = page.QuieterModels + Math.Max(0, page.Models.Length - most);
        if (quieter > 0) html.Add($"<p>{quieter} quieter ones: <code>budgetsync ai status</code> shows all.\n");
    }

    private static void WriteLine(HtmlWriter html, PageModel model)
    {
        html.Add($"<tr class={Mark(model)}><th scope=row>{model.Account}");
        if (model.Name.Length > 0) html.Add($" <i>{model.Name}</i>");
        html.Add($"<td>{model.Budget}<td>{PageText.Money(model.Limit, "USD")}<td>{PageText.Money(model.Spent)}<td>");
        SpendBar.Write(html, model.Percent, null);
        html.Add($"{PageText.Percent(model.Percent)}<td>{model.State}<td>{PageText.Instant(model.Until)}<td>{Outcome(model)}<td>{model.Mostly}");
        if (model.UnpricedCalls > 0) html.Add($" <i>{model.UnpricedCalls.ToString("#,0", CultureInfo.InvariantCulture)} calls without a price</i>");
        if (model.UncountedCalls > 0) html.Add($" <i>{model.UncountedCalls.ToString("#,0", CultureInfo.InvariantCulture)} calls without counted tokens</i>");
        html.Add("\n");
    }

    private static string Outcome(PageModel model) => model.Mode switch
    {
        "ARMED" or "CONFIRM" when model.Unattachable.Length > 0 => $"never suspended: {model.Unattachable}",
        "ARMED" => "suspended",
        "CONFIRM" => "a person is asked",
        _ => "only told",
    };

    /// <summary>The class that gives a line its colour; the state stands there as a word too.</summary>
    private static string Mark(PageModel model) => model.State switch
    {
        "Suspended" => "sd",
        "Grace" or "Exceeded" or AiLine.Unknown => "cr",
        "Critical" or "Warned" => "ov",
        "Restored" => "ud",
        _ => "ok",
    };
}
