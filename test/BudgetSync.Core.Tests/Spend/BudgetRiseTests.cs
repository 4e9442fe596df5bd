using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Tests.Spend;

public sealed class BudgetRiseTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void The_last_three_days_are_compared_with_the_seven_before()
    {
        var rise = Of(Days(10, 9).Concat([13m, 14, 15]))!;

        Assert.Equal((10m, 14m, 4m, "team-a", "USD"), (rise.Before, rise.Now, rise.Rise, rise.BudgetName, rise.Unit));
    }

    [Fact]
    public void Days_across_the_beginning_of_a_month_count_but_for_its_first()
    {
        var items = new List<HistoryItem>();
        var total = 0m;
        for (var day = new DateOnly(2026, 10, 20); day <= new DateOnly(2026, 11, 5); day = day.AddDays(1))
        {
            if (day.Day == 1) total = 0;
            total += day.Day == 1 ? 500 : day.Month == 11 && day.Day >= 3 ? 7 : 2;
            items.Add(Item(day, total));
        }

        var rise = BudgetRise.Of("111122223333", "prod", items, new DateOnly(2026, 11, 6))!;

        Assert.Equal((2m, 7m), (rise.Before, rise.Now));
    }

    [Fact]
    public void Today_is_not_over_and_does_not_count() => Assert.Null(Of(Days(10, 12), today: 500));

    [Fact]
    public void Nothing_is_said_of_too_few_days() => Assert.Null(Of([10m, 10, 10, 10, 50, 50, 50]));

    [Fact]
    public void What_falls_or_stays_has_not_risen()
    {
        Assert.Null(Of(Days(10, 12)));
        Assert.Null(Of(Days(10, 9).Concat([1m, 1, 1])));
    }

    /// <summary>Of so many days up to yesterday, the total of the days before that.</summary>
    private static BudgetRise? Of(IEnumerable<decimal> days, decimal? today = null)
    {
        var amounts = days.Prepend(0).ToList();
        var first = Today.AddDays(-amounts.Count);
        var totals = amounts.Select((_, index) => Item(first.AddDays(index), 100 + amounts.Take(index + 1).Sum())).ToList();
        if (today is { } more) totals.Add(Item(Today, 100 + amounts.Sum() + more));
        return BudgetRise.Of("111122223333", "prod", totals, Today);
    }

    private static IEnumerable<decimal> Days(decimal amount, int count) => Enumerable.Repeat(amount, count);

    private static HistoryItem Item(DateOnly day, decimal total) => new()
    {
        Key = new HistoryKey("team-a", day),
        Period = BudgetPeriod.Of(TimeUnit.MONTHLY, day),
        Unit = "USD",
        Actual = total,
        WrittenAt = new DateTimeOffset(day, new TimeOnly(23, 0), TimeSpan.Zero),
    };
}
