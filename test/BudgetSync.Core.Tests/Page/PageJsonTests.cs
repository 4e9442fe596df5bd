using System.Text;
using BudgetSync.Core.Page;

namespace BudgetSync.Core.Tests.Page;

public sealed class PageJsonTests
{
    private static readonly WidgetView View = new(SamplePages.Of(1).GeneratedAt.AddMinutes(25));

    [Fact]
    public void A_page_that_was_kept_makes_the_widget_that_the_page_itself_makes()
    {
        var page = SamplePages.Of(300);

        var kept = PageJson.Parse(PageJson.Format(page));

        Assert.NotNull(kept);
        Assert.Equal(300, kept.Lines.Length);
        Assert.NotEmpty(kept.Envelopes);
        Assert.Equal(ReportHtml.Fragment(page, View), ReportHtml.Fragment(kept, View));
        Assert.Equal(ReportHtml.Fragment(page, View with { Search = "Critical" }), ReportHtml.Fragment(kept, View with { Search = "Critical" }));
    }

    // What a widget reads each time it is looked at.
    [Fact]
    public void Ten_thousand_accounts_are_less_than_four_megabytes() => Assert.InRange(PageJson.Format(SamplePages.Of(10_000)).Length, 1_000_000, 4_000_000);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"organization":5}""")]
    [InlineData("""{"organization":"o","lines":[{"account":"1","limit":"much"}]}""")]
    public void What_is_no_page_is_none(string json) => Assert.Null(PageJson.Parse(Encoding.UTF8.GetBytes(json)));

    // Written by a newer release: a state that this one does not know, and a member.
    [Fact]
    public void A_page_of_another_release_is_read_as_far_as_it_is_known()
    {
        var page = PageJson.Parse("""{"organization":"o","lines":[{"account":"111122223333","spend":"Fresh","row":"Fresh","more":1},{}],"more":1}"""u8);

        Assert.Equal(("111122223333", "Unknown", "Unchecked"), page!.Lines.Select(line => (line.Account, line.Spend.ToString(), line.Row.ToString())).Single());
    }

    [Theory]
    [InlineData(1, "1 minute ago")]
    [InlineData(119, "119 minutes ago")]
    [InlineData(120, "2 hours ago")]
    public void A_widget_says_how_old_it_is_and_from_two_hours_on_that_something_is_wrong(int minutes, string words)
    {
        var page = SamplePages.Of(3);

        var html = ReportHtml.Fragment(page, View with { Now = page.GeneratedAt.AddMinutes(minutes) });

        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Equal(minutes >= 120, html.Contains("has not been written since", StringComparison.Ordinal));
    }
}
