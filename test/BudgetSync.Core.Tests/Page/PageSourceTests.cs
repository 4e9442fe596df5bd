using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Page;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Page;

public sealed class PageSourceTests
{
    private const string Account = "111122223333";
    private const string Without = "222233334444";
    private const string Budget = "SpokeAccountBudget";
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly BudgetPeriod November = new(new(2026, 11, 1), new(2026, 12, 1));

    [Fact]
    public void A_part_draws_a_line_for_each_threshold_of_the_budgets_row()
    {
        var source = Source(month: null);
        var day = new HistoryItem
        {
            Key = new(Budget, new(2026, 11, 28)),
            Period = November,
            Unit = "USD",
            Limit = 1_000,
            Actual = 910,
            WrittenAt = Now,
        };

        var page = source.WithParts(source.Page("all"), new Dictionary<string, ImmutableArray<HistoryItem>> { [Account] = [day] });

        var line = Assert.Single(page.Lines, line => line.Account == Account);
        Assert.Equal([new PageThreshold(600, "60 %"), new PageThreshold(900, "90 %")], line.Thresholds.AsEnumerable());
        var html = ReportHtml.File(page);
        Assert.Contains(">60 %</text>", html, StringComparison.Ordinal);
        Assert.Contains(">90 %</text>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_without_a_budget_shows_what_it_spent_where_Cost_Explorer_is_asked()
    {
        var costs = ImmutableDictionary<AccountId, decimal>.Empty.Add(AccountId.Parse(Without), 42.5m);

        var asked = Source(new(November.Start, "USD", costs, Now.AddHours(-3))).Page("all");
        var notAsked = Source(month: null).Page("all");

        Assert.Equal((42.5m, "USD"), Of(asked));
        Assert.Contains("42.50 USD this month", Assert.Single(asked.Unknown), StringComparison.Ordinal);
        Assert.Equal((null, ""), Of(notAsked));
        Assert.Contains("is not known", Assert.Single(notAsked.Unknown), StringComparison.Ordinal);

        static (decimal?, string) Of(SpendPage page) =>
            Assert.Single(page.Lines, line => line.Account == Without) is var line ? (line.Actual, line.Currency) : default;
    }

    [Fact]
    public void Budgets_of_models_are_those_that_spokes_last_told_what_needs_attention_first_and_a_log_that_is_not_read_is_said()
    {
        var source = Source(month: null);
        Assert.Empty(source.Page("all").Models);
        var window = AiWindow.Monthly.Of(Now);
        var report = new AiReport(Now)
        {
            Lines =
            [
                Line("user/bob", 1, new AiState.Active()) with { Unattachable = "why" }, Line("role/DataScience", 9, new AiState.Suspended(Now)),
                Line("user/alice", 8, new AiState.Grace(Now.AddMinutes(5), [])),
            ],
            Regions = [new AiRegion("us-east-1", AiLog.Blind, "it is off."), new AiRegion("us-west-2", AiLog.Own, "") { UnjoinedCalls = 1_050 }],
        };
        var status = source.Statuses[Account] with { Ai = report };

        var page = (source with { Statuses = new Dictionary<string, StatusRow> { [Account] = status } }).Page("all");

        Assert.Equal(["role/DataScience", "user/alice", "user/bob"], page.Models.Select(model => model.Budget));
        Assert.Equal(["", "", "why"], page.Models.Select(model => model.Unattachable));
        Assert.Equal([window.End, Now.AddMinutes(5), window.End], page.Models.Select(model => model.Until));
        Assert.Contains($"Calls of models are not seen in us-east-1 of {Account}: it is off.", page.Unknown);
        Assert.Contains($"Who called models is not known in us-west-2 of {Account}: 1,050 calls today.", page.Unknown);

        AiLine Line(string subject, decimal spent, AiState state) =>
            new(AiSubject.Parse(subject)!, window, spent, 10, ResponseMode.ARMED, state); // Not null: it is a principal's name.
    }

    private static PageSource Source(MonthToDate? month)
    {
        var tree = new OrganizationTree(
            [], [.. new[] { Account, Without }.Select(id => new OrganizationAccount(AccountId.Parse(id), "", "r-ab12", Active: true))]);
        var row = new RowImage(ImmutableSortedDictionary<string, RowValue>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("AccountId", new RowValue.Text(Account))
            .Add("BudgetValue", new RowValue.Number("1000"))
            .Add("Thresholds", new RowValue.Text("60, 90")));
        var report = new Report
        {
            Outcome = ReportOutcome.Applied,
            Revision = "0123456789abcdef",
            ParameterVersion = 1,
            At = Now,
            Budgets = [new ReportedBudget(Budget, 1_000, "USD", 910, null, SpendState.Unknown) { AsOf = Now, Period = November }],
        };
        return new(
            tree,
            new Dictionary<string, RowImage> { [Account] = row },
            new Dictionary<string, StatusRow> { [Account] = StatusChange.Reported(null, Account, report, SpendBounds.Default, Now) },
            new StackDefaults(Budget, ["finops@example.com"], "aws", AccountId.Parse("999999999999")),
            SpendBounds.Default,
            month,
            Now);
    }
}
