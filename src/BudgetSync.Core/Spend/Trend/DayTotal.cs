using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.Trend;

/// <summary>What a period had cost by the end of one of its days, as a look found it.</summary>
public readonly record struct DayTotal(BudgetPeriod Period, DateOnly Day, decimal Total)
{
    /// <summary>
    /// The single days between totals of the same period, in order. Days without a look share the difference evenly. Before a period's first total
    /// nothing is known of the single days, unless that total is of the period's first day.
    /// </summary>
    public static ImmutableArray<DailyAmount> Increments(IEnumerable<DayTotal> totals) =>
        [.. totals.GroupBy(total => total.Period).OrderBy(period => period.Key.Start).SelectMany(period => Within(period.Key, period))];

    private static IEnumerable<DailyAmount> Within(BudgetPeriod period, IEnumerable<DayTotal> totals)
    {
        DayTotal? before = null;
        foreach (var total in totals.Where(total => period.Contains(total.Day)).GroupBy(total => total.Day).OrderBy(day => day.Key).Select(day => day.Last()))
        {
            if (before is null && total.Day == period.Start) yield return new DailyAmount(total.Day, Statistics.Bounded(total.Total));
            if (before is { } earlier)
            {
                var days = total.Day.DayNumber - earlier.Day.DayNumber;
                var share = (Statistics.Bounded(total.Total) - Statistics.Bounded(earlier.Total)) / days;
                for (var day = 1; day <= days; day++) yield return new DailyAmount(earlier.Day.AddDays(day), share);
            }

            before = total;
        }
    }
}
