using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>What AWS is told of a limit that moves by itself, and what of it is drift.</summary>
public sealed class LimitsByDayTests
{
    private static readonly DesiredBudget Moving = new(
        new() { Name = "alpha", Type = BudgetType.COST, TimeUnit = TimeUnit.MONTHLY, Amount = Fixed(1000) }, [], [])
    {
        Grants = [new Grant(200, new(2026, 11, 27), "fair", ""), new Grant(500, new(2026, 11, 30), "load test", "jane")],
        Changes = [new EffectiveAmount(new(2026, 11, 1), 1300)],
    };

    [Theory]
    [InlineData("2026-10-31T23:59:59Z", 1700)]
    [InlineData("2026-11-01T00:00:00Z", 2000)]
    [InlineData("2026-11-28T00:00:00Z", 1800)]
    [InlineData("2026-12-01T01:30:00+02:00", 1800)]
    [InlineData("2026-12-01T00:00:00Z", 1300)]
    public void AWS_is_told_the_limit_of_the_day_in_UTC(string now, int limit)
    {
        var budget = Assert.Single(BudgetsAsOf.Of(new([Moving]), At(now)).Budgets.Budgets);

        Assert.Equal(Moving with { Settings = Moving.Settings with { Amount = Fixed(limit) }, Grants = [], Changes = [] }, budget);
        Assert.Equal(budget, Assert.Single(BudgetsAsOf.OnDay(new([Moving]), At(now)).Budgets));
    }

    [Fact]
    public void One_update_moves_the_limit_and_no_second_follows()
    {
        var now = At("2026-12-01T00:10:00Z");
        var desired = BudgetsAsOf.Of(new([Moving]), now).Budgets;
        var plan = Planner.Plan(desired, Having(1800));
        Assert.Equal(Fixed(1300), Assert.IsType<Change.UpdateBudget>(Assert.Single(plan.Changes)).To.Amount);
        Assert.True(Planner.Plan(desired, BudgetsModel.Apply(Having(1800), plan.Changes)).IsEmpty);
    }

    [Theory]
    [InlineData(1700)]
    [InlineData(2000)]
    [InlineData(1800)]
    [InlineData(1300)]
    public void A_limit_of_an_earlier_day_is_no_drift(int found) =>
        Assert.Empty(Drift.Between(BudgetsAsOf.BeforeTheDay(new([Moving]), Having(found), At("2026-12-01T00:10:00Z")), Having(found)));

    [Theory]
    [InlineData(1300, "2026-11-28T00:10:00Z", "limit is 1300 USD, should be 1800 USD")]
    [InlineData(1801, "2026-12-01T00:10:00Z", "limit is 1801 USD, should be 1300 USD")]
    public void A_limit_that_no_earlier_day_explains_is_drift(int found, string now, string line) => Assert.Equal(
        $"\"alpha\": {line}",
        Assert.Single(Drift.Between(BudgetsAsOf.BeforeTheDay(new([Moving]), Having(found), At(now)), Having(found))));

    [Fact]
    public void Why_the_limit_is_what_it_is_is_told_in_one_line()
    {
        const string line = "\"alpha\": limit in force 1800 USD = 1300 since 2026-11-01 + 500 until 2026-11-30 (load test); another from 2026-12-01";
        var now = At("2026-11-28T12:00:00Z");

        Assert.Equal(line, Assert.Single(LimitDescription.Of(new([Moving, Moving with { Grants = [], Changes = [] }]), now)));
        Assert.Equal(line, Assert.Single(LimitDescription.Between(DesiredBudgets.None, new([Moving]), now)));
        Assert.Equal(line, Assert.Single(LimitDescription.Between(new([Moving with { Grants = [] }]), new([Moving]), now)));
        Assert.Empty(LimitDescription.Between(new([Moving]), new([Moving]), now));
        Assert.Equal(
            "\"alpha\": limit in force 1000 USD as the row says",
            Assert.Single(LimitDescription.Between(new([Moving]), new([Moving with { Grants = [], Changes = [] }]), now)));
    }

    [Fact]
    public void The_days_on_which_it_moves_are_known_beforehand() =>
        Assert.Equal([new(2026, 11, 1), new(2026, 11, 28), new(2026, 12, 1)], Moving.LimitTurns());

    private static ActualBudgets Having(decimal limit) =>
        new([BudgetsModel.Describe(Moving with { Settings = Moving.Settings with { Amount = Fixed(limit) }, Grants = [], Changes = [] }, managed: true)]);

    private static BudgetAmount.Fixed Fixed(decimal amount) => new(new SpendAmount(amount, "USD"));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
