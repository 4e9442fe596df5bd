using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Page;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Page;

public sealed class PageLinesTests
{
    private const string Account = "111122223333";
    private static readonly DateTimeOffset Now = new(2026, 11, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly BudgetPeriod November = new(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1));

    private static readonly OrganizationTree Tree = new(
        [new("r-ab12", "Root", null), new("ou-ab12-11111111", "Engineering", "r-ab12"), new("ou-ab12-22222222", "Platform", "ou-ab12-11111111")],
        [new(AccountId.Parse(Account), "payments", "ou-ab12-22222222", Active: true), new(AccountId.Parse("444455556666"), "idle", "r-ab12", Active: true)]);

    [Fact]
    public void A_budget_is_a_line_with_what_its_last_look_said()
    {
        var lines = PageLines.Of(OrganizationCoverage.Of(Tree, [Row()], [Account], Now), Tree);

        var line = Assert.Single(lines, line => line.Account == Account);
        Assert.Equal(("payments", "Engineering / Platform", "team-a"), (line.Name, line.Unit, line.Budget));
        Assert.Equal((1000m, 640m, 64m), (line.Limit, line.Actual, line.Percent));
        Assert.Equal((1.6m, new DateOnly(2026, 11, 18)), (line.Pace, line.ExhaustedOn));
        Assert.Equal(SpendState.Over, line.Spend);
        Assert.Contains("forecast 160.0 % is above 110", line.Why);
    }

    [Fact]
    public void An_account_without_a_budget_is_a_line_too()
    {
        var line = Assert.Single(PageLines.Of(OrganizationCoverage.Of(Tree, [Row()], [Account], Now), Tree), line => line.Account == "444455556666");

        Assert.Equal(("", CoverageState.Uncovered, SpendState.Unknown), (line.Budget, line.Row, line.Spend));
    }

    [Fact]
    public void Amounts_that_AWS_has_forgotten_are_doubted_in_words()
    {
        var row = Row();
        var held = row with { Spend = [row.Spend[0] with { Memory = row.Spend[0].Memory with { Freshness = new Freshness.Held(Now, "AWS forgot them") } }] };

        Assert.Equal("AWS forgot them", PageLines.Of(OrganizationCoverage.Of(Tree, [held], [Account], Now), Tree)[0].Doubt);
    }

    [Fact]
    public void History_gives_a_line_its_curve_and_the_periods_before()
    {
        var line = PageLines.Of(OrganizationCoverage.Of(Tree, [Row()], [Account], Now), Tree)[0];

        var curve = PageLines.WithCurve(line, [Item(10, 31, 900), Item(11, 10, 500), Item(11, 11, 570), Item(11, 12, 640), Other()], Now).Curve;

        Assert.Equal([500m, 570m, 640m], curve?.Totals.Select(total => total.Total));
        // October closed with 900 of 1,000.
        Assert.Equal((new DateOnly(2026, 10, 31), -100m), (curve?.Closed[0].Period.LastDay, curve?.Closed[0].Variance));
    }

    [Fact]
    public void Without_history_there_is_no_curve()
    {
        var line = PageLines.Of(OrganizationCoverage.Of(Tree, [Row()], [Account], Now), Tree)[0];

        Assert.Null(PageLines.WithCurve(line, [Other()], Now).Curve);
    }

    private static StatusRow Row() => new()
    {
        Key = Account,
        State = AccountState.Applied,
        FirstSeenAt = Now,
        ReportedAt = Now,
        Budgets = [new ReportedBudget("team-a", 1000, "USD", 640, 1600, SpendState.Over) { AsOf = Now, Period = November }],
        Spend =
        [
            new SpendStanding("team-a", SpendMemory.None with { State = SpendState.Over, Period = November, AmountsAt = Now })
            {
                Pace = 1.6m,
                ExhaustedOn = new DateOnly(2026, 11, 18),
                Why = ["forecast 160.0 % is above 110"],
            },
        ],
    };

    private static HistoryItem Item(int month, int day, decimal actual, string budget = "team-a")
    {
        var start = new DateOnly(2026, month, 1);
        return new HistoryItem
        {
            Key = new HistoryKey(budget, new DateOnly(2026, month, day)),
            Period = new BudgetPeriod(start, start.AddMonths(1)),
            Unit = "USD",
            Limit = 1000,
            Actual = actual,
            WrittenAt = Now,
        };
    }

    private static HistoryItem Other() => Item(11, 12, 7, "another");
}
