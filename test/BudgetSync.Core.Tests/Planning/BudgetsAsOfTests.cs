using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>What depends on the day.</summary>
public sealed class BudgetsAsOfTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 17, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_plan_gives_the_twelve_months_from_the_current_one_on_and_its_last_limit_goes_on()
    {
        var limits = Windowed(Plan(TimeUnit.MONTHLY, Months(2026, 1, 12)));
        Assert.Equal(Month(2026, 3), limits.Keys.First());
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12], limits.Values.Select(limit => limit.Amount));
    }

    [Fact]
    public void A_plan_that_has_run_out_is_its_last_limit_in_every_period() =>
        Assert.All(Windowed(Plan(TimeUnit.MONTHLY, Months(2024, 1, 12))).Values, limit => Assert.Equal(12, limit.Amount));

    [Fact]
    public void A_quarterly_plan_gives_the_four_quarters_from_the_current_one_on()
    {
        var quarters = Enumerable.Range(0, 4)
            .ToImmutableSortedDictionary(number => Month(2025, 10).AddMonths(3 * number), number => new SpendAmount(number + 1, "USD"));
        var limits = Windowed(Plan(TimeUnit.QUARTERLY, quarters));
        Assert.Equal([Month(2026, 1), Month(2026, 4), Month(2026, 7), Month(2026, 10)], limits.Keys);
        Assert.Equal([2, 3, 4, 4], limits.Values.Select(limit => limit.Amount));
    }

    [Fact]
    public void A_plan_ends_with_the_budget()
    {
        var settings = Plan(TimeUnit.MONTHLY, Months(2026, 1, 6)) with { PeriodEnd = new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero) };
        Assert.Equal([Month(2026, 3), Month(2026, 4), Month(2026, 5), Month(2026, 6)], Windowed(settings).Keys);
    }

    [Fact]
    public void A_plan_of_a_budget_that_ends_with_a_month_has_no_limit_for_the_month_after() =>
        Assert.Equal([Month(2026, 3), Month(2026, 4)], Windowed(Plan(TimeUnit.MONTHLY, Months(2026, 1, 6)) with { PeriodEnd = Month(2026, 5) }).Keys);

    [Fact]
    public void A_plan_of_a_budget_that_begins_later_gives_its_periods_from_there_on()
    {
        var settings = Plan(TimeUnit.MONTHLY, Months(2026, 7, 12)) with { PeriodStart = Month(2026, 7) };
        Assert.Equal(Month(2026, 7), Windowed(settings).Keys.First());
    }

    [Fact]
    public void A_plan_that_begins_after_the_budget_is_refused_and_says_what_to_add()
    {
        var timely = Of(Plan(TimeUnit.MONTHLY, Months(2026, 4, 12)));
        Assert.Empty(timely.Budgets.Budgets);
        Assert.Equal("alpha", Assert.Single(timely.Refused));
        Assert.Equal(
            "\"alpha\": PlannedBudgetLimits: begins with 2026-04, but AWS wants the budget's first period, 2026-03, too; add the limits from there on, "
                + "or begin later with TimePeriod.Start",
            Assert.Single(timely.Refusals));
    }

    [Fact]
    public void A_budget_is_refused_from_the_moment_it_ended()
    {
        Assert.Empty(Of(Fixed() with { PeriodEnd = Now.AddSeconds(1) }).Refusals);
        Assert.Equal(
            "\"alpha\": TimePeriod.End: 2026-03-17T10:30:00Z has passed; AWS deletes a budget after its end and takes none that ended, so write a later "
                + "End or take the budget out of the row",
            Assert.Single(Of(Fixed() with { PeriodEnd = Now }).Refusals));
    }

    [Fact]
    public void Budgets_that_do_not_depend_on_the_day_are_as_they_were()
    {
        var desired = new DesiredBudgets([new DesiredBudget(Fixed(), [], [])]);
        Assert.Equal(desired, BudgetsAsOf.Of(desired, Now).Budgets);
    }

    [Fact]
    public void A_plan_and_its_window_mean_the_same_whenever_it_is_looked_at()
    {
        var plan = Plan(TimeUnit.MONTHLY, Months(2026, 1, 12));
        foreach (var written in Enumerable.Range(0, 30).Select(number => Now.AddMonths(number)))
        {
            var there = BudgetsAsOf.Of(new DesiredBudgets([new DesiredBudget(plan, [], [])]), written).Budgets.Budgets[0].Settings;
            Assert.True(BudgetComparison.Same(plan, there));
            foreach (var later in Enumerable.Range(0, 30).Select(number => written.AddMonths(number)))
                Assert.True(
                    BudgetComparison.Same(BudgetsAsOf.Of(new DesiredBudgets([new DesiredBudget(plan, [], [])]), later).Budgets.Budgets[0].Settings, there));
        }
    }

    private static BudgetsAsOf Of(BudgetSettings settings) => BudgetsAsOf.Of(new DesiredBudgets([new DesiredBudget(settings, [], [])]), Now);

    private static ImmutableSortedDictionary<DateTimeOffset, SpendAmount> Windowed(BudgetSettings settings) =>
        Assert.IsType<BudgetAmount.Planned>(Assert.Single(Of(settings).Budgets.Budgets).Settings.Amount).Limits;

    private static BudgetSettings Fixed() =>
        new() { Name = "alpha", Type = BudgetType.COST, TimeUnit = TimeUnit.MONTHLY, Amount = new BudgetAmount.Fixed(new SpendAmount(1, "USD")) };

    private static BudgetSettings Plan(TimeUnit unit, ImmutableSortedDictionary<DateTimeOffset, SpendAmount> limits) =>
        Fixed() with { TimeUnit = unit, Amount = new BudgetAmount.Planned(limits) };

    private static ImmutableSortedDictionary<DateTimeOffset, SpendAmount> Months(int year, int month, int count) =>
        Enumerable.Range(0, count).ToImmutableSortedDictionary(number => Month(year, month).AddMonths(number), number => new SpendAmount(number + 1, "USD"));

    private static DateTimeOffset Month(int year, int month) => new(year, month, 1, 0, 0, 0, TimeSpan.Zero);
}
