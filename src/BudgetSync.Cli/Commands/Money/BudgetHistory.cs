using System.Collections.Immutable;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>One budget's history: its days, and what its closed periods say.</summary>
/// <param name="Days">In order.</param>
/// <param name="Closed">Oldest first.</param>
internal sealed record BudgetHistory(string Name, ImmutableArray<HistoryItem> Days, ImmutableArray<PeriodResult> Closed, HistorySummary Summary)
{
    /// <summary>The account's budgets, in order of name.</summary>
    public static ImmutableArray<BudgetHistory> Of(IEnumerable<HistoryItem> items, DateOnly today) =>
    [
        .. SpendHistory.Merge(items, []).GroupBy(item => item.Key.BudgetName, StringComparer.Ordinal).Select(budget =>
        {
            var days = budget.ToImmutableArray();
            var closed = PeriodResult.Of(days, today);
            return new BudgetHistory(budget.Key, days, closed, HistorySummary.Of(closed));
        }),
    ];
}
