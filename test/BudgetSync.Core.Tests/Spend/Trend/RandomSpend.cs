using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Tests.Spend.Trend;

/// <summary>Periods of spending made up from a seed: refunds, days nobody looked at, absurd amounts, periods not begun or over.</summary>
internal static class RandomSpend
{
    public static PeriodSpend Any(Random random)
    {
        var period = BudgetPeriod.Of(
            (TimeUnit)random.Next(4),
            new DateOnly(2026, 1, 1).AddDays(random.Next(700)));
        var lastDay = period.Start.AddDays(random.Next(-2, period.Days + 2));
        return new PeriodSpend(period, lastDay, Amount(random), Amount(random), "USD") { Days = Days(random, lastDay) };
    }

    /// <summary>As <see cref="Any"/>, in amounts that a bill may have.</summary>
    public static PeriodSpend Plausible(Random random)
    {
        var any = Any(random);
        return any with
        {
            Limit = random.Next(1, 100_000_000) / 100m,
            Actual = random.Next(-1_000, 100_000_000) / 100m,
            Days = [.. any.Days.Select(day => day with { Amount = random.Next(-1_000, 1_000_000) / 100m })],
        };
    }

    private static ImmutableArray<DailyAmount> Days(Random random, DateOnly lastDay) =>
    [
        .. Enumerable.Range(0, random.Next(80))
            .Where(_ => random.Next(5) > 0)
            .Select(back => new DailyAmount(lastDay.AddDays(-back), Amount(random)))
            .OrderBy(_ => random.Next()),
    ];

    private static decimal Amount(Random random) => random.Next(12) switch
    {
        0 => 0,
        1 => decimal.MaxValue,
        2 => decimal.MinValue,
        3 => 0.0000000001m,
        4 => -random.Next(1_000),
        _ => random.Next(1, 10_000_000) / 100m,
    };
}
