using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.History;

/// <summary>Items put together so that no day stands twice and no hole stays that AWS can fill.</summary>
public static class SpendHistory
{
    /// <summary>
    /// Ours: a bill is an estimate until its invoice is issued, some days into the next month (user guide, Viewing your monthly charges), so what AWS says
    /// of a period within a week of its end may still change.
    /// </summary>
    private const int SettlingDays = 7;

    /// <summary>All items, each key once, in order.</summary>
    public static ImmutableArray<HistoryItem> Merge(IEnumerable<HistoryItem> items, IEnumerable<HistoryItem> others) =>
        [.. items.Concat(others).GroupBy(item => item.Key).OrderBy(same => same.Key).Select(same => same.Aggregate(HistoryItem.Later))];

    /// <summary>
    /// AWS's history as items: each closed period on its last day. The period that runs is left to looks, for its last day has not come.
    /// </summary>
    public static ImmutableArray<HistoryItem> BackFill(string budgetName, IEnumerable<ClosedAmount> periods, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return
        [
            .. periods.Where(closed => closed.Period.Days > 0 && closed.Period.End <= today)
                .Select(closed => new HistoryItem
                {
                    Key = new(budgetName, closed.Period.LastDay),
                    Period = closed.Period,
                    Unit = closed.Unit,
                    Limit = closed.Budgeted,
                    Actual = closed.Actual,
                    Estimated = today < closed.Period.End.AddDays(SettlingDays),
                    Source = HistorySource.BackFill,
                    WrittenAt = now,
                }),
        ];
    }

    /// <summary>The single days that one budget's items tell (<see cref="PeriodSpend.Days"/>), from period totals.</summary>
    public static ImmutableArray<DailyAmount> Days(string budgetName, IEnumerable<HistoryItem> items) => DayTotal.Increments(
        items.Where(item => item.Key.BudgetName == budgetName && item.Actual is not null)
            .Select(item => new DayTotal(item.Period, item.Key.Day, item.Actual ?? 0)));

    /// <summary>
    /// The closed periods of a budget that lack a final item on their last day and that AWS still tells, newest first: what to ask
    /// DescribeBudgetPerformanceHistory for, and empty where asking would bring nothing new.
    /// </summary>
    public static ImmutableArray<BudgetPeriod> Holes(string budgetName, TimeUnit unit, IEnumerable<HistoryItem> items, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var known = items.Where(item => item.Key.BudgetName == budgetName && (!item.Estimated || IsAsGoodAsNow(item))).Select(item => item.Key.Day).ToHashSet();
        var holes = ImmutableArray.CreateBuilder<BudgetPeriod>();
        var period = BudgetPeriod.Of(unit, today);
        for (var count = 0; count < ClosedPeriodsKept(unit); count++)
        {
            period = BudgetPeriod.Of(unit, period.Start.AddDays(-1));
            if (!known.Contains(period.LastDay)) holes.Add(period);
        }

        return holes.ToImmutable();

        // AWS's own estimate, while all that AWS has is an estimate.
        bool IsAsGoodAsNow(HistoryItem item) => item.Source == HistorySource.BackFill && today < item.Period.End.AddDays(SettlingDays);
    }

    /// <summary>API reference, DescribeBudgetPerformanceHistory: 60 days, 12 months or 4 quarters (counted with the current one), nothing of years.</summary>
    private static int ClosedPeriodsKept(TimeUnit unit) => unit switch
    {
        TimeUnit.DAILY => 59,
        TimeUnit.MONTHLY => 12,
        TimeUnit.QUARTERLY => 3,
        _ => 0,
    };
}
