using System.Globalization;
using BudgetSync.Core;
using BudgetSync.Spoke;

namespace BudgetSync.Functions.Tests;

public sealed class LookScheduleTests
{
    private static readonly int[] Every = [.. Enumerable.Range(1, 24)];

    [Fact]
    public void No_two_looks_are_further_apart_than_the_setting_says()
    {
        foreach (var every in Every)
        {
            var hours = Hours(LookSchedule.Of(AccountId.Parse("111122223333"), every.ToString(CultureInfo.InvariantCulture)));
            var gaps = hours.Zip(hours.Skip(1).Append(hours[0] + 24), (one, next) => next - one);
            Assert.All(gaps, gap => Assert.InRange(gap, 1, every));
        }
    }

    [Fact]
    public void Ten_thousand_accounts_are_spread_over_all_minutes_of_the_period()
    {
        var starts = Enumerable.Range(0, 10_000)
            .Select(number => LookSchedule.Of(AccountId.Parse($"1111{number:00000000}"), "4"))
            .GroupBy(schedule => schedule, StringComparer.Ordinal)
            .Select(same => same.Count())
            .ToList();

        // 240 minutes, so 42 accounts each where they are spread evenly.
        Assert.Equal(240, starts.Count);
        Assert.InRange(starts.Max(), 42, 100);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("25")]
    [InlineData("4 hours")]
    public void A_setting_that_is_none_is_four_hours(string? every) =>
        Assert.Equal(LookSchedule.Of(AccountId.Parse("111122223333"), "4"), LookSchedule.Of(AccountId.Parse("111122223333"), every));

    private static List<int> Hours(string cron) =>
        [.. cron.Split(' ')[1].Split(',').Select(hour => int.Parse(hour, CultureInfo.InvariantCulture))];
}
