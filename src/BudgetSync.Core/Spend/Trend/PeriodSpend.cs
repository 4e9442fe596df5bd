using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.Trend;

/// <summary>A budget's money in the period that runs: what all formulas of this folder start from.</summary>
/// <param name="LastDay">The last day that <paramref name="Actual"/> has data of. Before the period's start where it has none yet.</param>
/// <param name="Limit">B in the formulas, in <paramref name="Unit"/>.</param>
/// <param name="Actual">A in the formulas. May be negative where credits are larger than the cost.</param>
public sealed record PeriodSpend(BudgetPeriod Period, DateOnly LastDay, decimal Limit, decimal Actual, string Unit)
{
    /// <summary>The single days known, of this period and of those before, in any order. Of a day that stands twice, the last counts.</summary>
    public EquatableArray<DailyAmount> Days { get; init; } = [];

    /// <summary>True where <see cref="LastDay"/> is not over: what it has cost so far says nothing of what a day costs.</summary>
    public bool IsRunning { get; init; }

    /// <summary>D in the formulas.</summary>
    public int Day => Period.DayOf(LastDay);

    public int DaysLeft => Period.Days - Day;

    /// <summary>The single days up to the last one with data, each once, in order, within what a decimal bears.</summary>
    internal ImmutableArray<DailyAmount> KnownDays() =>
    [
        .. Days.Where(day => day.Day <= LastDay)
            .GroupBy(day => day.Day)
            .OrderBy(day => day.Key)
            .Select(day => day.Last() with { Amount = Statistics.Bounded(day.Last().Amount) }),
    ];

    /// <summary>
    /// The first of a month is no day like others: support, tax, upfront fees of reservations and most of Marketplace are booked on it.
    /// </summary>
    internal static bool IsOrdinary(DateOnly day) => day.Day != 1;
}
