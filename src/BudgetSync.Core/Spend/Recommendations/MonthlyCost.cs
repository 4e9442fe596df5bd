using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Spend.Recommendations;

/// <summary>What a month cost, of the kinds of cost that the budget counts.</summary>
/// <param name="Month">Any day of it.</param>
public readonly record struct MonthlyCost(DateOnly Month, decimal Amount)
{
    /// <summary>What a MONTHLY budget's closed periods cost, for where nothing else (Cost Explorer) tells months.</summary>
    public static IEnumerable<MonthlyCost> Of(IEnumerable<PeriodResult> results) =>
        results.Where(result => result.Period == BudgetPeriod.Of(TimeUnit.MONTHLY, result.Period.Start))
            .Select(result => new MonthlyCost(result.Period.Start, result.Actual));

    /// <summary>What a month usually costs: the median of the last three full months; null where none is known.</summary>
    public static decimal? Usual(IEnumerable<MonthlyCost> costs, DateOnly today) =>
        Full(costs, today) is { Count: > 0 } months ? Statistics.Median(months.TakeLast(UsualMonths)) : null;

    /// <summary>
    /// The amounts of the full months before <paramref name="today"/>'s, oldest first, a month that is not listed as 0 (Cost Explorer lists no group that cost
    /// nothing). The months before the first cost are left out, and that month with them: an account seldom begins on the first.
    /// </summary>
    internal static IReadOnlyList<decimal> Full(IEnumerable<MonthlyCost> costs, DateOnly today)
    {
        var current = Number(today);
        var known = costs.GroupBy(cost => Number(cost.Month)).ToDictionary(month => month.Key, month => Statistics.Bounded(month.Last().Amount));
        var begun = known.Where(month => month.Value > 0).Select(month => month.Key).DefaultIfEmpty(current).Min();
        return [.. Enumerable.Range(begun + 1, Math.Max(0, current - begun - 1)).Select(month => known.GetValueOrDefault(month))];
    }

    private const int UsualMonths = 3;

    private static int Number(DateOnly day) => (day.Year * 12) + day.Month - 1;
}
