using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using BudgetSync.Core.Page;

namespace BudgetSync.Core.Tests.Page;

public sealed class ReportHtmlTests
{
    private static readonly HtmlParser Parser = new();
    private static readonly WidgetView View = new(SamplePages.Of(1).GeneratedAt.AddMinutes(25), Endpoint: "arn:aws:lambda:us-east-1:999999999999:function:f");

    // design §16 and issue 12: 10,000 accounts in less than 3 MB.
    [Fact]
    public void Ten_thousand_accounts_are_less_than_three_megabytes()
    {
        var page = ReportHtml.File(SamplePages.Of(10_000));

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1_000_000, 3_000_000);
        Assert.Equal(10_000, Parser.ParseDocument(page).QuerySelectorAll("#budgets tbody tr").Length);
    }

    // Found by a newcomer: a limit of 1,500.50 was shown as 1,501.
    [Fact]
    public void Amounts_are_shown_to_the_cent_however_large()
    {
        var page = SamplePages.Of(1);
        var line = page.Lines[0] with { Limit = 1500.5m, Actual = 1143.281m, Currency = "USD" };

        var cells = Parser.ParseDocument(ReportHtml.File(page with { Lines = [line] })).QuerySelectorAll("#budgets tbody td").Select(cell => cell.TextContent);

        Assert.Equal(["1,500.50 USD", "1,143.28"], cells.Skip(2).Take(2));
    }

    [Fact]
    public void Equal_input_gives_an_equal_page_whatever_its_order()
    {
        var page = SamplePages.Of(200);

        Assert.Equal(ReportHtml.File(page), ReportHtml.File(page with { Lines = [.. page.Lines.Reverse()] }));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("'; } body { display: none } </style>")]
    [InlineData("</title></table></details><h1>other</h1>")]
    [InlineData("javascript:alert(1)")]
    public void Text_from_outside_stays_text_wherever_it_stands(string text)
    {
        var (page, plain) = (SamplePages.With(text), SamplePages.With("plain"));
        foreach (var (html, expected) in new[]
        {
            (ReportHtml.File(page), ReportHtml.File(plain)), (ReportHtml.Fragment(page, View), ReportHtml.Fragment(plain, View)),
        })
        {
            var (document, other) = (Parser.ParseDocument(html), Parser.ParseDocument(expected));

            // The same elements with the same attributes: not one more of either.
            Assert.Equal(Shape(other), Shape(document));
            Assert.Contains(text, document.Body?.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain(document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        }
    }

    // A right-to-left override would show 111122223333 as 333322221111.
    [Theory]
    [InlineData('\u202e')]
    [InlineData('\u200b')]
    [InlineData('\u0007')]
    [InlineData('\u2028')]
    public void Characters_without_a_picture_are_replaced(char invisible)
    {
        var html = ReportHtml.File(SamplePages.With($"a{invisible}b"));

        Assert.DoesNotContain(invisible, html);
        Assert.Contains("a\uFFFDb", Parser.ParseDocument(html).Body?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_attention_stands_first()
    {
        var states = Parser.ParseDocument(ReportHtml.File(SamplePages.Of(300)))
            .QuerySelectorAll("#budgets tbody tr")
            .Select(row => row.Children[8].TextContent);

        string[] order = ["Shutdown", "Critical", "Over", "OnTarget", "Under", "Unused", "Unknown"];
        var places = states.Select(state => Array.IndexOf(order, state)).ToList();
        Assert.Equal(places.Order(), places);
        Assert.True(places.Distinct().Count() >= 4, "the sample has too few states to tell an order");
    }

    [Fact]
    public void Every_link_leads_to_a_part_and_every_id_stands_once()
    {
        var document = Parser.ParseDocument(ReportHtml.File(SamplePages.Of(500)));

        var links = document.QuerySelectorAll("#budgets a").Select(link => link.GetAttribute("href")?[1..]).ToList();
        Assert.Equal(ReportHtml.Parts, links.Count);
        Assert.All(links, link => Assert.NotNull(document.GetElementById(link ?? "")));
        var ids = document.All.Select(element => element.Id).Where(id => !string.IsNullOrEmpty(id)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    // Thirteen periods: the one that runs and twelve before it.
    [Fact]
    public void A_part_has_thirteen_periods_and_the_curve()
    {
        var part = Parser.ParseDocument(ReportHtml.File(SamplePages.Of(1))).QuerySelector("details");

        Assert.Equal(13, part?.QuerySelectorAll("tbody tr").Length);
        foreach (var piece in new[] { "path.spent", "path.ideal", "path.fan", "path.expected", "path.level" }) Assert.NotNull(part?.QuerySelector(piece));
        // 19 days of November's 30, at a width of 600.
        Assert.EndsWith("L380 " + part?.QuerySelector("path.spent")?.GetAttribute("d")?.Split(' ')[^1], part?.QuerySelector("path.spent")?.GetAttribute("d"));
        Assert.Equal("M0 200L600 ", part?.QuerySelector("path.ideal")?.GetAttribute("d")?[..11]);
    }

    [Fact]
    public void Budgets_of_models_are_shown_with_what_is_used_until_when_and_nothing_of_them_where_nobody_meters_any()
    {
        var page = SamplePages.Of(3);
        foreach (var html in new[] { ReportHtml.File(page), ReportHtml.Fragment(page, View) })
        {
            var lines = Parser.ParseDocument(html).QuerySelectorAll(".models tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()));
            Assert.Equal(
                "100000000000 payments-0|role/DataScience|50 USD|51.30|103 %|Grace|2026-11-19 13:04|suspended|amazon.nova-pro-v1:0 in us-east-1",
                string.Join('|', lines.ElementAt(1)));
            Assert.Equal(6, lines.Count());
        }

        var none = page with { Models = [] };
        Assert.DoesNotContain("class=models", ReportHtml.File(none) + ReportHtml.Fragment(none, View), StringComparison.Ordinal);
        Assert.DoesNotContain("models", Encoding.UTF8.GetString(PageJson.Format(none)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("1207 quieter ones", ReportHtml.File(page with { QuieterModels = 1207 }), StringComparison.Ordinal);
    }

    /// <summary>"<c>Unattachable</c> … as flags that are seen" (issue 15): the page promises nobody's suspension that does not come.</summary>
    [Theory]
    [InlineData("ARMED", "never suspended: IAM does not bind an account's root")]
    [InlineData("CONFIRM", "never suspended: IAM does not bind an account's root")]
    [InlineData("WATCH", "only told")]
    public void Who_cannot_be_suspended_is_said_not_to_be(string mode, string outcome)
    {
        var root = new PageModel("111122223333", "", "root", 2, 1, "Exceeded") { Mode = mode, Unattachable = "IAM does not bind an account's root" };
        var page = SamplePages.Of(3) with { Models = [root] };

        foreach (var html in new[] { ReportHtml.File(page), ReportHtml.Fragment(PageJson.Parse(PageJson.Format(page))!, View) }) // It is one.
            Assert.Equal(outcome, Parser.ParseDocument(html).QuerySelector(".models tbody tr")!.Children[7].TextContent.Trim()); // It has a line.
    }

    // CloudWatch strips scripts, iframes and <use> from a custom widget, and shows nothing larger than it can carry.
    [Fact]
    public void A_fragment_needs_no_script_and_shows_fifty()
    {
        var html = ReportHtml.Fragment(SamplePages.Of(1_000), View);
        var document = Parser.ParseDocument(html);

        Assert.Empty(document.QuerySelectorAll("script, iframe, use, link, img"));
        Assert.Equal(ReportHtml.FragmentLines, document.QuerySelectorAll("#budgets tbody tr").Length);
        Assert.InRange(html.Length, 1, 100_000);
    }

    [Fact]
    public void A_fragment_can_be_searched()
    {
        var document = Parser.ParseDocument(ReportHtml.Fragment(SamplePages.Of(1_000), View with { Search = "intern-lab-13" }));

        var found = document.QuerySelectorAll("#budgets tbody tr i").Select(name => name.TextContent).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, name => Assert.Contains("intern-lab-13", name, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Shape(IDocument document) => document.All.Select(
        element => $"{element.LocalName}[{string.Join(",", element.Attributes.Select(attribute => attribute.Name).Order(StringComparer.Ordinal))}]");
}
