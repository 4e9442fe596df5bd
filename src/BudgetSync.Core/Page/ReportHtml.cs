namespace BudgetSync.Core.Page;

/// <summary>
/// Makes the page: one self-contained file, or a fragment for a CloudWatch custom widget, which takes HTML and inline SVG and strips scripts (CloudWatch user
/// guide, Creating a custom widget). No script is needed to read either; the file's sorts, filters and searches. Values are encoded by
/// <see cref="HtmlWriter"/>, all of them.
/// </summary>
public static class ReportHtml
{
    /// <summary>Accounts with a part of their own, those that need attention most: each takes some 3 KB.</summary>
    public const int Parts = 100;

    /// <summary>Lines that a widget shows.</summary>
    public const int FragmentLines = 50;

    /// <summary>The lines that <see cref="File"/> gives a part, so that only their histories need to be read.</summary>
    public static IReadOnlyList<PageLine> WithParts(SpendPage page, int parts = Parts) =>
        [.. ByAttention(page).Where(line => line.Budget.Length > 0).Take(parts)];

    public static string File(SpendPage page, int parts = Parts)
    {
        var lines = ByAttention(page);
        var shown = WithParts(page, parts).ToHashSet(ReferenceEqualityComparer.Instance);
        var html = new HtmlWriter();
        html.Add("<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>");
        html.Add($"<meta http-equiv=Content-Security-Policy content=\"{PageAssets.Policy}\">");
        html.Add("<meta name=viewport content=\"width=device-width,initial-scale=1\"><meta name=color-scheme content=\"light dark\">");
        html.Add($"<title>Budgets of {page.Organization}</title><style>").AddAsset(PageAssets.Style).Add("</style></head><body>\n<main>\n");
        PageHead.Write(html, page);
        html.Add("<h2 id=all>Budgets</h2><div id=tools hidden></div>\n");
        SpendTable.Write(html, lines, shown.Contains);
        ModelTable.Write(html, page);
        EnvelopeTree.Write(html, page.Envelopes);
        if (shown.Count > 0)
        {
            html.Add("<h2 id=parts>One by one</h2>");
            if (shown.Count < lines.Count(line => line.Budget.Length > 0))
                html.Add($"<p>The {shown.Count} budgets that need attention most; others with <code>budgetsync report --parts</code>.\n");
            foreach (var line in lines.Where(shown.Contains)) AccountPart.Write(html, line);
        }

        html.Add("</main><script>").AddAsset(PageAssets.Script).Add("</script></body></html>\n");
        return html.ToString();
    }

    /// <summary>
    /// For a custom widget. Colours follow the console's theme, and the console's own styles are off (CloudWatch user guide, "Details about custom widgets").
    /// A search is the console's: it calls the function again with what stands in the form.
    /// </summary>
    public static string Fragment(SpendPage page, WidgetView view)
    {
        var found = ByAttention(page).Where(line => Contains(line, view.Search)).ToList();
        var html = new HtmlWriter();
        html.Add("<div class=cwdb-no-default-styles></div><style>").AddAsset(PageAssets.Style).Add("</style>");
        html.Add($"<div class=\"widget {(view.IsDark ? "dark" : "light")}\">");
        PageHead.Write(html, page, view.Now);
        if (view.Endpoint is { } endpoint)
        {
            html.Add($"<p class=search><input type=search name=search aria-label=Search value=\"{view.Search}\"> <a>Search</a>");
            html.Add($"<cwdb-action action=call display=widget endpoint=\"{endpoint}\">{{}}</cwdb-action>\n");
        }

        if (view.Search.Length > 0) html.Add($"<p>{found.Count} lines with {view.Search}:");
        SpendTable.Write(html, [.. found.Take(FragmentLines)], _ => false);
        if (found.Count > FragmentLines)
            html.Add($"<p>{found.Count - FragmentLines} more: search, or <code>budgetsync report --html FILE --from-bucket</code> shows all.");
        if (view.Search.Length == 0) ModelTable.Write(html, page, FragmentLines);
        EnvelopeTree.Write(html, page.Envelopes);
        return html.Add("</div>").ToString();
    }

    private static bool Contains(PageLine line, string search) => search.Length == 0
        || new[] { line.Account, line.Name, line.Unit, line.Budget, line.Spend.ToString(), line.Row.ToString() }
            .Any(text => text.Contains(search, StringComparison.OrdinalIgnoreCase));

    /// <summary>The loudest state first, in it what runs out soonest, then what is used most; total, so that equal input gives an equal page.</summary>
    private static List<PageLine> ByAttention(SpendPage page) =>
    [
        .. page.Lines.OrderByDescending(line => line.Spend)
            .ThenBy(line => line.ExhaustedOn ?? DateOnly.MaxValue)
            .ThenByDescending(line => line.Percent ?? -1)
            .ThenBy(line => line.Account, StringComparer.Ordinal)
            .ThenBy(line => line.Budget, StringComparer.Ordinal),
    ];
}
