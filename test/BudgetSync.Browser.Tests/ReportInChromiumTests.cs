using System.Globalization;
using BudgetSync.Core.Page;
using Deque.AxeCore.Commons;

namespace BudgetSync.Browser.Tests;

public sealed class ReportInChromiumTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>design: sorting 10,000 accounts takes under 200 ms on two cores.</summary>
    private const double SortMilliseconds = 200;

    /// <summary>design: the first paint comes within a second.</summary>
    private const double PaintMilliseconds = 1_000;

    /// <summary>Work of the browser's that takes so long on two idle cores: the yardstick for a machine that does other things too.</summary>
    private const double WorkMilliseconds = 60;

    private const string Work = "let list = []; for (let i = 0; i < 200000; i++) list.push((i * 7919) % 200003); list.sort((a, b) => a - b);";

    private static readonly string Large = ReportHtml.File(SamplePages.Of(10_000));

    [ChromiumFact]
    public async Task Ten_thousand_accounts_sort_filter_and_search()
    {
        await using var page = await browser.OpenAsync(Large);

        var text = await page.EvaluateAsync<string>("document.querySelector('output').textContent");
        // Every fortieth account has no budget.
        Assert.StartsWith("9,750 of 9,750 budgets, 250 of 250 accounts without a budget", text, StringComparison.Ordinal);

        // By account, ascending, then descending.
        var first =
            await page.EvaluateAsync<string>("(document.querySelector('#budgets th button').click(), document.querySelector('#budgets tbody th').textContent)");
        var last =
            await page.EvaluateAsync<string>("(document.querySelector('#budgets th button').click(), document.querySelector('#budgets tbody th').textContent)");
        Assert.StartsWith("100000000000", first, StringComparison.Ordinal);
        Assert.StartsWith("100000069993", last, StringComparison.Ordinal);
        Assert.Equal("descending", await page.EvaluateAsync<string>("document.querySelector('#budgets th').getAttribute('aria-sort')"));

        // What was spent sorts as a number, the most first.
        var spent = await page.EvaluateAsync<double[]>(
            "(document.querySelectorAll('#budgets th button')[4].click(), [...document.querySelectorAll('#budgets tbody tr')].slice(0, 50)"
                + ".map(row => parseFloat(row.cells[4].textContent.replaceAll(',', ''))))");
        Assert.Equal(spent.OrderDescending(), spent);

        var found = await page.EvaluateAsync<string>(
            "(() => { const box = document.querySelector('input'); box.value = 'intern-lab-13'; box.dispatchEvent(new Event('input'));"
                + " return document.querySelector('output').textContent; })()");
        // Every eighth is an intern-lab: 13, 133, 1301, 1309 … with the index 5 modulo 8.
        var expected = Enumerable.Range(0, 10_000)
            .Count(index => index % 8 == 5 && index.ToString(CultureInfo.InvariantCulture).StartsWith("13", StringComparison.Ordinal));
        Assert.StartsWith($"{expected} of 9,750 budgets, 0 of 250 accounts", found, StringComparison.Ordinal);

        var over = await page.EvaluateAsync<string[]>(
            "(() => { const box = document.querySelector('input'); box.value = ''; const spend = document.querySelector('select'); spend.value = 'Critical';"
                + " spend.dispatchEvent(new Event('input')); return [...document.querySelectorAll('#budgets tbody tr')].map(row => "
                + "row.cells[8].textContent); })()");
        Assert.NotEmpty(over);
        Assert.All(over, state => Assert.Equal("Critical", state));
    }

    [ChromiumFact]
    public async Task Ten_thousand_accounts_are_painted_and_sorted_quickly()
    {
        // A page is painted once, perhaps while the machine does something else: of three, the best beside what the machine did right then counts.
        var painted = new List<(double Paint, double Slower)>();
        while (painted.Count < 3 && !painted.Exists(one => one.Paint < PaintMilliseconds * one.Slower))
        {
            await using var page = await browser.OpenAsync(Large);
            var (sorts, machine) = (new List<double>(), new List<double>());
            for (var round = 0; round < 5; round++)
            {
                machine.Add(await TimeAsync(page, Work));
                sorts.Add(await TimeAsync(page, "document.querySelectorAll('#budgets th button')[4].click(); document.body.offsetHeight;"));
            }

            // How much slower than the machine that the times are meant for this one is at the moment; never less than 1.
            var slower = Math.Max(1, machine.Min() / WorkMilliseconds);
            Assert.True(
                sorts.Min() < SortMilliseconds * slower,
                $"sorting took {string.Join(", ", sorts)} ms, work of {WorkMilliseconds} ms {machine.Min()} ms");
            painted.Add((await page.EvaluateAsync<double>("performance.getEntriesByName('first-paint')[0].startTime"), slower));
        }

        Assert.True(
            painted.Exists(one => one.Paint < PaintMilliseconds * one.Slower),
            $"first paint (ms, times slower than meant): {string.Join("; ", painted.Select(one => $"{one.Paint}, {one.Slower}"))}");
    }

    [ChromiumFact]
    public async Task Nothing_is_complained_of_and_nothing_leaves_the_page()
    {
        await using var page = await browser.OpenAsync(ReportHtml.File(SamplePages.With("<img src=https://example.com/a.png onerror=alert(1)>")));

        Assert.Empty(page.Errors);
        Assert.StartsWith("file:", Assert.Single(page.Requests), StringComparison.Ordinal);
    }

    // What got into the page in spite of everything may not run: the policy is the second wall.
    [ChromiumFact]
    public async Task The_policy_stops_what_is_not_ours()
    {
        var html = ReportHtml.File(SamplePages.Of(3))
            .Replace("</main>", "<img src=\"https://example.com/a.png\"><script>document.title = 'taken'</script></main>", StringComparison.Ordinal);
        await using var page = await browser.OpenAsync(html);

        Assert.NotEqual("taken", await page.EvaluateAsync<string>("document.title"));
        Assert.Contains(page.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task Axe_finds_nothing_in_light_dark_and_narrow()
    {
        foreach (var (dark, width) in new[] { (false, 1280), (true, 1280), (false, 390), (true, 390) })
        {
            await using var page = await browser.OpenAsync(ReportHtml.File(SamplePages.Of(120)), dark, width);
            await page.EvaluateAsync<int>("(document.querySelectorAll('details').forEach(part => part.open = true), 0)");
            await page.Page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
            var violations = await page.EvaluateAsync<string[]>(
                "axe.run().then(result => result.violations.map(each => each.id + ': ' + each.help + ': ' + each.nodes[0].html.slice(0, 200)))");
            Assert.Empty(violations);
        }
    }

    // A phone: nothing but a table may be wider than the screen, and what says most is still there.
    [ChromiumFact]
    public async Task A_narrow_screen_is_not_scrolled_sideways()
    {
        await using var page = await browser.OpenAsync(ReportHtml.File(SamplePages.Of(120)), width: 390);

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(
            "Spend",
            await page.EvaluateAsync<string>("[...document.querySelectorAll('#budgets thead th')].filter(cell => cell.offsetWidth > 0).at(-1).textContent"));
    }

    // On a phone too: the state is what says most, so it is not what has to be scrolled to.
    [ChromiumFact]
    public async Task On_a_narrow_screen_every_state_is_on_it()
    {
        await using var page = await browser.OpenAsync(ReportHtml.File(SamplePages.Of(120)), width: 390);

        Assert.InRange(
            await page.EvaluateAsync<double>(
                "Math.max(...[...document.querySelectorAll('#budgets td:nth-child(9)')].map(cell => {"
                    + " const range = document.createRange(); range.selectNodeContents(cell); return range.getBoundingClientRect().right; }))"),
            200,
            390);
    }

    // In the console: its theme, not the browser's, and its page around, whose tables may have colours of their own and no document type.
    [ChromiumFact]
    public async Task A_widget_is_readable_in_both_themes_of_the_console()
    {
        var sample = SamplePages.Of(120);
        foreach (var (isDark, browserDark) in new[] { (false, true), (true, false) })
        {
            var fragment = ReportHtml.Fragment(sample, new WidgetView(sample.GeneratedAt.AddMinutes(25), isDark, "", "arn:aws:lambda:us-east-1:1:function:f"));
            await using var page = await browser.OpenAsync($"<html lang=en><title>Console</title><body><main>{fragment}</main></body></html>", browserDark);
            await page.Page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());

            Assert.Empty(await page.EvaluateAsync<string[]>(
                "axe.run().then(result => result.violations.map(each => each.id + ': ' + each.help + ': ' + each.nodes[0].html.slice(0, 200)))"));
            Assert.Empty(page.Errors);
        }
    }

    [ChromiumFact]
    public async Task A_link_opens_its_part_and_keys_reach_everything()
    {
        await using var page = await browser.OpenAsync(ReportHtml.File(SamplePages.Of(30)));

        await page.Page.FocusAsync("#budgets a");
        await page.Page.Keyboard.PressAsync("Enter");
        // A browser tells of the new fragment when it comes to it.
        await page.Page.WaitForExpressionAsync("document.querySelectorAll('details[open]').length === 1", new() { Timeout = 10_000 });
        await page.Page.FocusAsync("#budgets th button");
        await page.Page.Keyboard.PressAsync("Space");
        await page.Page.WaitForExpressionAsync("document.querySelector('#budgets th').getAttribute('aria-sort') === 'ascending'", new() { Timeout = 10_000 });
    }

    [ChromiumFact]
    public async Task Without_script_every_line_stands_there()
    {
        var html = ReportHtml.File(SamplePages.Of(500));
        await using var page = await browser.OpenAsync(html[..html.IndexOf("<script>", StringComparison.Ordinal)] + "</body></html>");

        Assert.Equal(500, await page.EvaluateAsync<int>("document.querySelectorAll('#budgets tbody tr').length"));
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('tools').hidden"));
    }

    private static Task<double> TimeAsync(OpenPage page, string script) =>
        page.EvaluateAsync<double>($"(() => {{ const start = performance.now(); {script} return performance.now() - start; }})()");
}
