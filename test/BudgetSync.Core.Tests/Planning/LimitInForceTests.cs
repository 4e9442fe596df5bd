using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Tests.Generators;
using BudgetSync.Core.Tests.Spend;

namespace BudgetSync.Core.Tests.Planning;

public sealed class LimitInForceTests
{
    private static readonly SpendAmount Thousand = new(1_000, "USD");

    private static readonly EffectiveAmount[] Changes = [new(new(2026, 11, 1), 1_300)];

    private static readonly Grant[] Grants =
        [new(500, new(2026, 11, 30), "load test", "jane@example.com"), new(200, new(2026, 11, 27), "migration", "jane@example.com")];

    /// <summary>The worked example of Spend's README.</summary>
    [Fact]
    public void The_limit_in_force_is_the_one_worked_out_by_hand()
    {
        var limit = LimitInForce.Of(Thousand, Grants, Changes, new(2026, 11, 28));
        WorkedExamples.Hold("limit in force on 2026-11-28", "1800", limit.Amount);
        WorkedExamples.Hold("limit in force, another on", "2026-12-01", limit.NextChangeOn);
        Assert.Equal("1800 USD = 1300 since 2026-11-01 + 500 until 2026-11-30 (load test)", limit.Explanation);
        var december = LimitInForce.Of(Thousand, Grants, Changes, new(2026, 12, 1));
        WorkedExamples.Hold("limit in force on 2026-12-01", "1300", december.Amount);
        Assert.Equal((null, "1300 USD since 2026-11-01"), (december.NextChangeOn, december.Explanation));
    }

    [Fact]
    public void Before_any_change_the_row_speaks() =>
        Assert.Equal(
            new LimitInForce(1_000, 1_000, null, [], new(2026, 11, 1), "1000 USD as the row says"),
            LimitInForce.Of(Thousand, [], Changes, new(2026, 10, 31)));

    [Fact]
    public void A_grant_counts_on_its_last_day_and_not_after_it()
    {
        Assert.Equal(1_500, LimitInForce.Of(Thousand, Grants[..1], [], new(2026, 11, 30)).Amount);
        Assert.Equal(1_000, LimitInForce.Of(Thousand, Grants[..1], [], new(2026, 12, 1)).Amount);
    }

    [Fact]
    public void No_limit_is_above_what_AWS_takes() =>
        Assert.Equal(
            AwsLimits.AmountMaximum,
            LimitInForce.Of(
                Thousand,
                [new(decimal.MaxValue, DateOnly.MaxValue, "", ""), new(decimal.MaxValue, DateOnly.MaxValue, "", "")],
                [],
                new(2026, 11, 1)).Amount);

    [Fact]
    public void The_order_says_nothing_and_until_the_next_change_each_day_says_the_same() => Property.ForAllSeeds(random =>
    {
        var first = new DateOnly(2026, 11, 1);
        var grants = Enumerable.Range(0, random.Next(5))
            .Select(one => new Grant(random.Next(1, 1_000), first.AddDays(random.Next(60)), $"why {one}", ""))
            .ToList();
        var changes = Enumerable.Range(0, random.Next(5)).Select(_ => new EffectiveAmount(first.AddDays(random.Next(-30, 60)), random.Next(1, 5_000))).ToList();
        var day = first.AddDays(random.Next(60));
        var limit = LimitInForce.Of(Thousand, grants, changes, day);
        Assert.Equal(limit, LimitInForce.Of(Thousand, grants.OrderBy(_ => random.Next()), changes.OrderBy(_ => random.Next()), day));
        var next = limit.NextChangeOn ?? day.AddDays(100);
        Assert.True(next > day);
        for (var same = day; same < next; same = same.AddDays(1)) Assert.Equal(limit.Amount, LimitInForce.Of(Thousand, grants, changes, same).Amount);
        Assert.Equal(limit.Amount, limit.Base + limit.Grants.Sum(grant => grant.Amount));
    });
}
