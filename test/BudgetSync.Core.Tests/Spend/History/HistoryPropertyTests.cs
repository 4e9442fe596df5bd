using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Spend.History;

public sealed class HistoryPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Items_come_out_the_same_in_whatever_order_and_however_often_they_are_merged() => Property.ForAllSeeds(random =>
    {
        var (one, two, three) = (Items(random), Items(random), Items(random));
        var all = SpendHistory.Merge(SpendHistory.Merge(one, two), three);
        Assert.Equal(all.AsEnumerable(), SpendHistory.Merge(one, SpendHistory.Merge(three, two)));
        Assert.Equal(all.AsEnumerable(), SpendHistory.Merge(all, two));
        Assert.Equal(all.Length, all.Select(item => item.Key).Distinct().Count());
    });

    [Fact]
    public void After_a_back_fill_no_day_stands_twice_and_no_hole_is_left_that_it_could_fill() => Property.ForAllSeeds(random =>
    {
        var unit = (TimeUnit)random.Next(3);
        var told = Told(unit);
        var looks = Items(random).Where(_ => random.Next(3) > 0);
        var late = SpendHistory.BackFill("a", told, Now);
        // A back-fill of long ago, when the same periods were estimates or had not closed.
        var early = SpendHistory.BackFill("a", told, Now.AddDays(-random.Next(200)));
        var history = SpendHistory.Merge(SpendHistory.Merge(early, looks), late);
        Assert.Equal(history.Length, history.Select(item => item.Key).Distinct().Count());
        Assert.Empty(SpendHistory.Holes("a", unit, history, Now));
        Assert.All(told.Where(closed => closed.Period.End <= new DateOnly(2026, 11, 28)), closed =>
            Assert.Contains(history, item => item.Key == new HistoryKey("a", closed.Period.LastDay)));
    });

    [Fact]
    public void A_period_result_says_the_same_whatever_was_lost_once_AWS_has_told_its_total() => Property.ForAllSeeds(random =>
    {
        var told = Told(TimeUnit.MONTHLY);
        var looks = Items(random).Where(look => told.Any(closed => closed.Period == look.Period)).ToList();
        var filled = SpendHistory.BackFill("a", told, Now);
        var whole = PeriodResult.Of(SpendHistory.Merge(looks, filled).Where(item => item.Key.BudgetName == "a"), new(2026, 11, 28));
        var some = PeriodResult.Of(
            SpendHistory.Merge(looks.Where(_ => random.Next(2) == 0), filled).Where(item => item.Key.BudgetName == "a"),
            new(2026, 11, 28));
        Assert.Equal(whole.Select(Total), some.Select(Total));

        static (BudgetPeriod, decimal, decimal, bool) Total(PeriodResult result) => (result.Period, result.Limit, result.Actual, result.Final);
    });

    [Fact]
    public void A_sparkline_has_a_character_for_each_amount_and_its_largest_is_a_full_block() => Property.ForAllSeeds(random =>
    {
        var amounts = Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(5) == 0 ? (decimal?)null : random.Next(-10, 1_000)).ToList();
        var line = Sparkline.Of(amounts);
        Assert.Equal(amounts.Count, line.Length);
        Assert.Equal(amounts.Select(amount => amount is null), line.Select(block => block == Sparkline.Hole));
        if (amounts.Max() > 0) Assert.Equal('█', line[amounts.IndexOf(amounts.Max())]);
    });

    private static ImmutableArray<ClosedAmount> Told(TimeUnit unit)
    {
        var periods = ImmutableArray.CreateBuilder<ClosedAmount>();
        var period = BudgetPeriod.Of(unit, new(2026, 11, 28));
        for (var count = unit switch { TimeUnit.DAILY => 60, TimeUnit.MONTHLY => 13, _ => 4 }; count > 0; count--)
        {
            periods.Add(new(period, "USD", 1_000, period.Start.DayNumber % 1_500));
            period = BudgetPeriod.Of(unit, period.Start.AddDays(-1));
        }

        return periods.ToImmutable();
    }

    private static ImmutableArray<HistoryItem> Items(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(60)).Select(_ =>
        {
            var day = new DateOnly(2026, 11, 28).AddDays(-random.Next(random.Next(2) == 0 ? 20 : 400));
            return new HistoryItem
            {
                Key = new(random.Next(4) == 0 ? "b" : "a", day),
                Period = BudgetPeriod.Of(TimeUnit.MONTHLY, day),
                Unit = "USD",
                Limit = 1_000,
                Actual = random.Next(3) * 700,
                Forecast = random.Next(2) == 0 ? null : 1_300,
                WrittenAt = new(day, new TimeOnly(random.Next(3), 0), TimeSpan.Zero),
            };
        }),
    ];
}
