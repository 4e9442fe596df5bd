using System.Collections.Immutable;
using AngleSharp.Html.Parser;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Page;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Tests.Page;

public sealed class ShowbackTests
{
    private const string Members = "ou-ab12-11111111";
    private const string Teams = "ou-ab12-22222222";
    private const string Evil = "=HYPERLINK(\"https://x\")<script>alert(1)</script>\u202E";
    private static readonly DateOnly October = new(2026, 10, 1);
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 7, 0, 0, TimeSpan.Zero);

    private static readonly OrganizationTree Tree = new(
        [new("r-ab12", "Root", null), new(Members, "Members", "r-ab12"), new(Teams, "Teams", Members)],
        [
            new(AccountId.Parse("111122223333"), "payments-dev", Teams, Active: true),
            new(AccountId.Parse("222222222222"), Evil, Members, Active: true),
            new(AccountId.Parse("333333333333"), "closed", "r-ab12", Active: false),
        ]);

    private static readonly Dictionary<string, ImmutableArray<HistoryItem>> Histories = new()
    {
        ["111122223333"] =
        [
            Day("team-a", 30, 900, 1000), Day("team-a", 31, 1210.4m, 1000, SpendState.Over), Day(AllCosts.Name, 31, 1400, null),
            Day("team-a", 1, 5, 1000) with { Period = new(new(2026, 11, 1), new(2026, 12, 1)) },
        ],
        ["222222222222"] = [Day("@team, \"b\"", 31, -3, 0) with { Estimated = false }, Day(AllCosts.Name, 31, 0.005m, null) with { Estimated = false }],
        ["333333333333"] = [Day(AllCosts.Name, 31, 7, null) with { Unit = "EUR" }],
        ["444444444444"] = [Day("gone", 31, 1, 2)],
    };

    [Fact]
    public void Each_unit_has_the_accounts_in_it_and_below_it_and_there_is_one_of_everything()
    {
        var showbacks = Showback.Of(Tree, Histories, October, Now);

        Assert.Equal([Showback.Everything, Members, Teams], showbacks.Select(showback => showback.Scope));
        Assert.Equal(["333333333333", "444444444444", "222222222222", "111122223333"], Accounts(showbacks[0]));
        Assert.Equal(["222222222222", "111122223333"], Accounts(showbacks[1]));
        Assert.Equal(["111122223333"], Accounts(showbacks[2]));
    }

    [Fact]
    public void A_line_is_how_a_budgets_month_ended_and_another_what_the_whole_account_cost()
    {
        var lines = Showback.Of(Tree, Histories, October, Now)[2].Lines;

        Assert.Equal(["", "team-a"], lines.Select(line => line.Budget));
        Assert.Equal((1400m, null, true), (lines[0].Spent, lines[0].Limit, lines[0].IsWholeAccount));
        Assert.Equal(
            (1210.4m, 1000m, 210.4m, SpendState.Over, 1, false, "Members/Teams"),
            (lines[1].Spent, lines[1].Limit!.Value, lines[1].Variance!.Value, lines[1].Highest, lines[1].DaysOver!.Value, lines[1].Final, lines[1].Unit));
    }

    [Fact]
    public void The_file_for_spreadsheets_is_its_golden_file_and_no_cell_of_it_is_a_formula()
    {
        var csv = ShowbackCsv.Of(Showback.Of(Tree, Histories, October, Now)[0]);

        Same("showback.csv", csv);
        Assert.DoesNotContain("\u202E", csv, StringComparison.Ordinal);
        Assert.All(
            csv.TrimEnd('\n').Split('\n').SelectMany(line => line.Split(',')).Select(cell => cell.Trim('"')),
            cell => Assert.True(!CsvCells.IsFormula(cell) || decimal.TryParse(cell, out _), cell));
    }

    [Fact]
    public void The_page_is_its_golden_file_and_no_name_is_markup()
    {
        var html = ShowbackHtml.Of(Showback.Of(Tree, Histories, October, Now)[1]);

        // A tag a line, and without what changes with every style.
        var shown = html.Replace(PageAssets.Style, "…", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        shown = string.Join("\n<", shown.Split('<').Where(tag => !tag.Contains("Content-Security-Policy", StringComparison.Ordinal)));
        Same("showback.html", shown + "\n");
        var page = new HtmlParser().ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal("2026-10: Members", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(4, page.QuerySelectorAll(".showback tbody tr").Length);
        Assert.Contains("<script>alert(1)</script>", page.QuerySelector(".showback tbody i")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_whether_AWS_may_still_change_it()
    {
        var open = ShowbackHtml.Of(Showback.Of(Tree, Histories, October, Now)[1]);
        var settled = Histories.Where(history => history.Key == "222222222222").ToDictionary();
        var done = ShowbackHtml.Of(Showback.Of(Tree, settled, October, Now)[0]);

        Assert.Contains("AWS may still change 2 of 4 amounts.", open, StringComparison.Ordinal);
        Assert.Contains("All amounts are final.", done, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Accounts(Showback showback) => showback.Lines.Select(line => line.Account).Distinct();

    private static HistoryItem Day(string budget, int day, decimal actual, decimal? limit, SpendState state = default) => new()
    {
        Key = new(budget, new(2026, 10, day)),
        Period = new(October, October.AddMonths(1)),
        Unit = "USD",
        Actual = actual,
        Limit = limit,
        State = state,
        WrittenAt = Now,
    };

    private static void Same(string name, string text)
    {
        var path = Path.Combine(RepositoryRoot.Path, "test/BudgetSync.Core.Tests/Page/Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{path} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text.ReplaceLineEndings("\n"));
    }
}
