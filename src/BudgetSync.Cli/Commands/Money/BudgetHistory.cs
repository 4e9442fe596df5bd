using System.Collections.Immutable;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>One budget's history: its days, and what its closed periods say.</summary>
/// <param name="Days">In order.</param>
/// <param name="Closed">Oldest first.</param>
/// <param name="WithoutLimit">The last day of each closed period that had no limit, oldest first: a cost without a budget.</param>
internal sealed record BudgetHistory(
    string Name,
    ImmutableArray<HistoryItem> Days,
    ImmutableArray<PeriodResult> Closed,
    ImmutableArray<HistoryItem> WithoutLimit,
    HistorySummary Summary)
{
    /// <summary>The account's budgets, in order of name.</summary>
    public static ImmutableArray<BudgetHistory> Of(IEnumerable<HistoryItem> items, DateOnly today) =>
    [
        .. SpendHistory.Merge(items, []).GroupBy(item => item.Key.BudgetName, StringComparer.Ordinal).Select(budget =>
        {
            var days = budget.ToImmutableArray();
            var closed = PeriodResult.Of(days, today);
            return new BudgetHistory(budget.Key, days, closed, LastDays(days, today), HistorySummary.Of(closed));
        }),
    ];

    private static ImmutableArray<HistoryItem> LastDays(IEnumerable<HistoryItem> days, DateOnly today) =>
    [
        .. days.Where(day => day is { Limit: null, Actual: not null } && day.Period.End <= today)
            .GroupBy(day => day.Period)
            .Select(period => period.Last()),
    ];
}
