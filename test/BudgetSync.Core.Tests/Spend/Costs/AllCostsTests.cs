using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Tests.Spend.Costs;

public sealed class AllCostsTests
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");
    private static readonly AccountId Quiet = AccountId.Parse("222233334444");
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_a_month_had_cost_by_a_day_is_its_total_without_the_days_after()
    {
        // 95 so far; the 10th cost 3, the 9th 12, the 8th 5, the 7th 10: so it was 92 by the 9th, 80 by the 8th, 75 by the 7th and 65 by the 6th.
        CostAmount[] days = [Day(6, 10), Day(7, 10), Day(8, 5), Day(9, 12), Day(10, 3)];

        var items = AllCosts.Items([Month(11, 95)], days, new(2026, 11, 6), Now)[Account];

        Assert.Equal([(6, 65m), (7, 75m), (8, 80m), (9, 92m), (10, 95m)], items.Select(item => (item.Key.Day.Day, item.Actual ?? 0)));
        WorkedExamples.Hold("all costs by the 10th", "95", items[4].Actual);
        WorkedExamples.Hold("all costs by the 9th", "92", items[3].Actual);
        WorkedExamples.Hold("all costs by the 8th", "80", items[2].Actual);
        WorkedExamples.Hold("all costs by the 7th", "75", items[1].Actual);
        Assert.All(items, item => Assert.Equal(BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, 11, 1)), item.Period));
        Assert.All(
            items,
            item => Assert.Equal((":costs", "USD", HistorySource.CostExplorer, true), (item.Key.BudgetName, item.Unit, item.Source, item.Estimated)));
    }

    [Fact]
    public void A_closed_month_is_told_on_its_last_day_and_is_final_once_AWS_says_so()
    {
        var items = AllCosts.Items([Month(10, 310) with { Estimated = false }, Month(11, 95)], [], new(2026, 11, 11), Now)[Account];

        Assert.Equal([(new DateOnly(2026, 10, 31), 310m, false), (new DateOnly(2026, 11, 10), 95m, true)],
            items.Select(item => (item.Key.Day, item.Actual ?? 0, item.Estimated)));
    }

    [Fact]
    public void A_day_that_an_account_is_not_listed_on_cost_nothing()
    {
        var items = AllCosts.Items([Month(11, 95), new(Quiet, Month(11, 0).Period, 7, "USD", true)], [Day(10, 3)], new(2026, 11, 8), Now);

        Assert.Equal([7m, 7m, 7m], items[Quiet].Select(item => item.Actual ?? 0));
        Assert.Equal([92m, 92m, 95m], items[Account].Select(item => item.Actual ?? 0));
    }

    [Fact]
    public void Days_of_the_month_before_count_back_from_its_own_total()
    {
        var now = new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);
        CostAmount[] days = [Day(30, 11, 10), Day(31, 9, 10), Day(1, 4), Day(2, 1)];

        var items = AllCosts.Items([Month(10, 310), Month(11, 5)], days, new(2026, 10, 29), now)[Account];

        Assert.Equal(
            [(10, 29, 290m), (10, 30, 301m), (10, 31, 310m), (11, 1, 4m), (11, 2, 5m)],
            items.Select(item => (item.Key.Day.Month, item.Key.Day.Day, item.Actual ?? 0)));
    }

    [Fact]
    public void A_window_goes_back_to_the_last_day_that_is_known_and_no_further_than_is_worth_its_price()
    {
        var today = new DateOnly(2026, 11, 28);

        // Four days, for what comes late; November alone, for October's bill was final on the tenth.
        Assert.Equal(new CostWindow(new(2026, 11, 1), new(2026, 11, 24)), CostWindow.Of(today, new(2026, 11, 27)));
        Assert.Equal(new CostWindow(new(2026, 11, 1), new(2026, 11, 24)), CostWindow.Of(today, null));
        // After six weeks without an answer: October whole, and two weeks of days.
        Assert.Equal(new CostWindow(new(2026, 10, 1), new(2026, 11, 14)), CostWindow.Of(today, new(2026, 10, 18)));
        Assert.Equal(new DateOnly(2025, 10, 1), CostWindow.Of(today, new(2020, 1, 1)).MonthsFrom);
        // On the tenth October is still asked about, on the eleventh no more.
        Assert.Equal(new DateOnly(2026, 10, 1), CostWindow.Of(new(2026, 11, 10), new(2026, 11, 10)).MonthsFrom);
        Assert.Equal(new DateOnly(2026, 11, 1), CostWindow.Of(new(2026, 11, 11), new(2026, 11, 11)).MonthsFrom);
    }

    [Fact]
    public void Months_that_were_never_asked_about_are_filled_newest_first_as_far_back_as_AWS_tells()
    {
        var missing = CostWindow.Missing(new(2026, 11, 28), new(2026, 11, 1)).Select(period => period.Start).ToList();

        Assert.Equal(13, missing.Count);
        Assert.Equal((new DateOnly(2026, 10, 1), new DateOnly(2025, 10, 1)), (missing[0], missing[^1]));
        Assert.Empty(CostWindow.Missing(new(2026, 11, 28), new(2025, 10, 1)));
    }

    private static CostAmount Month(int month, decimal amount) =>
        new(Account, BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, month, 1)), amount, "USD", Estimated: true);

    private static CostAmount Day(int day, decimal amount, int month = 11) =>
        new(Account, BudgetPeriod.Of(TimeUnit.DAILY, new(2026, month, day)), amount, "USD", Estimated: true);
}
