using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Coverage;

public sealed class CoverageTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_account_and_every_row_that_fits_none_has_a_line()
    {
        var coverage = OrganizationCoverage.Of(
            Tree("111111111111", "222222222222", "333333333333", "444444444444"),
            [
                Applied("111111111111", Now),
                Applied("222222222222", Now.AddHours(-27)),
                StatusChange.Blocked(null, "333333333333", "aaaa", ["no role"], Now.AddHours(-3), Now)
            ],
            ["111111111111", "222222222222", "333333333333", "999999999999", "ou-ab12-99999999", "12345", "555555555555"],
            Now);
        Assert.Equal(
            [
                ("111111111111", CoverageState.Applied),
                ("12345", CoverageState.Rejected),
                ("222222222222", CoverageState.Unchecked),
                ("333333333333", CoverageState.Blocked),
                ("444444444444", CoverageState.Uncovered),
                ("555555555555", CoverageState.Orphan),
                ("999999999999", CoverageState.Orphan),
                ("ou-ab12-99999999", CoverageState.Orphan),
            ],
            coverage.Lines.Select(line => (line.Key, line.State)));
        Assert.Contains("suspended, closed", Line(coverage, "555555555555").Reasons[0], StringComparison.Ordinal);
        Assert.All(
            coverage.Lines.Where(line => line.State != CoverageState.Applied),
            line => Assert.False(line.Advice.Length == 0 || line.Reasons.IsEmpty, line.Key));
    }

    [Fact]
    public void The_summary_counts_accounts_and_orphans_and_takes_the_percentage_of_the_covered()
    {
        var coverage = OrganizationCoverage.Of(
            Tree("111111111111", "222222222222", "333333333333", "444444444444"),
            [
                Applied("111111111111", Now),
                Applied("222222222222", Now),
                StatusChange.Blocked(null, "333333333333", "aaaa", ["no role"], Now.AddHours(-3), Now),
                StatusChange.Rejected(null, "ou-ab12-22222222", ["wrong"], Now.AddHours(-9), Now),
            ],
            ["999999999999", "ou-ab12-22222222"],
            Now);
        Assert.Equal((2, 1, 1, 1, 0), (
            coverage.Summary.Counts[CoverageState.Applied], coverage.Summary.Counts[CoverageState.Blocked], coverage.Summary.Counts[CoverageState.Uncovered],
            coverage.Summary.Counts[CoverageState.Orphan], coverage.Summary.Counts[CoverageState.Rejected]));
        Assert.Equal(66.6m, coverage.Summary.PercentApplied);
        Assert.Equal(Now.AddHours(-9), coverage.Summary.OldestUnapplied);
        Assert.Equal(CoverageState.Rejected, Line(coverage, "ou-ab12-22222222").State);
    }

    [Fact]
    public void An_edit_that_was_applied_is_no_longer_open_when_the_account_is_merely_renewed()
    {
        var renewed = StatusChange.Propagated(
            Applied("111111111111", Now),
            "111111111111",
            Wanted("111111111111"),
            2,
            null,
            Now.AddHours(1));
        var coverage = OrganizationCoverage.Of(Tree("111111111111"), [renewed], ["111111111111"], Now.AddHours(1));
        Assert.Equal((CoverageState.Pending, (DateTimeOffset?)null), (coverage.Lines[0].State, coverage.Summary.OldestUnapplied));
    }

    [Fact]
    public void A_covered_account_nothing_was_done_for_is_pending() =>
        Assert.Equal(CoverageState.Pending, OrganizationCoverage.Of(Tree("111111111111"), [], ["default"], Now).Lines.Single().State);

    [Fact]
    public void An_account_that_came_after_its_row_was_an_orphan_is_pending()
    {
        var orphan = StatusChange.Orphaned(null, "111111111111", ["no such account"], Now);

        Assert.Equal(CoverageState.Pending, OrganizationCoverage.Of(Tree("111111111111"), [orphan], ["111111111111"], Now).Lines.Single().State);
        Assert.Equal(CoverageState.Orphan, OrganizationCoverage.Of(OrganizationTree.None, [orphan], ["111111111111"], Now).Lines.Single().State);
    }

    [Fact]
    public void Without_an_organization_the_accounts_are_those_that_rows_name_and_none_is_an_orphan()
    {
        var coverage = OrganizationCoverage.Of(
            OrganizationTree.None,
            [Applied("111111111111", Now)],
            ["111111111111", "222222222222", "default", "ou-ab12-99999999"],
            Now);
        Assert.Equal([("111111111111", CoverageState.Applied), ("222222222222", CoverageState.Pending)], coverage.Lines.Select(line => (line.Key, line.State)));
    }

    [Fact]
    public void Nothing_covered_is_nothing_amiss() => Assert.Equal(100, OrganizationCoverage.Of(Tree("111111111111"), [], [], Now).Summary.PercentApplied);

    private static CoverageLine Line(OrganizationCoverage coverage, string key) => coverage.Lines.Single(line => line.Key == key);

    private static DesiredParameter Wanted(string account) => new("document", "aaaa", [new Scope.Account(AccountId.Parse(account))], OnDelete.REVERT);

    private static StatusRow Applied(string account, DateTimeOffset at) => StatusChange.Reported(
        StatusChange.Propagated(null, account, Wanted(account), 1, at.AddMinutes(-1), at),
        account,
        new Report { Revision = "aaaa", ParameterVersion = 1, Outcome = ReportOutcome.Applied, At = at },
        SpendBounds.Default,
        at);

    /// <summary>The accounts in one OU, another OU without any, and a closed account beside them.</summary>
    private static OrganizationTree Tree(params string[] accounts) => new(
        [
            new OrganizationUnit("r-ab12", "Root", null),
            new OrganizationUnit("ou-ab12-11111111", "All", "r-ab12"),
            new OrganizationUnit("ou-ab12-22222222", "Empty", "r-ab12")
        ],
        [
            .. accounts.Select(account => new OrganizationAccount(AccountId.Parse(account), account, "ou-ab12-11111111", Active: true)),
            new OrganizationAccount(AccountId.Parse("555555555555"), "closed", "r-ab12", Active: false)
        ]);
}
