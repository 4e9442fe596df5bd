using System.Collections.Immutable;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Spend.History;

/// <summary>What a report adds to the history table: only items that say something new.</summary>
public static class HistoryUpdate
{
    /// <summary>The day of a budget's last look, where that look found amounts that can be trusted; null where it did not.</summary>
    public static HistoryItem? OfLook(SpendStanding standing, string unit) =>
        standing.Memory is { Period: { } period, Actual: { } actual, AmountsAt: { } at } memory && at == memory.LastLookAt
            ? new HistoryItem
            {
                Key = new(standing.BudgetName, DateOnly.FromDateTime(at.UtcDateTime)),
                Period = period,
                Unit = unit,
                Limit = memory.Limit,
                Actual = actual,
                Forecast = memory.Forecast,
                Pace = standing.Pace,
                State = memory.State,
                Source = HistorySource.Look,
                WrittenAt = at,
            }
            : null;

    /// <summary>Those of <paramref name="found"/> that are to be written over what is known, each key once, in order.</summary>
    /// <param name="known">The table's items; those of the same days matter.</param>
    public static ImmutableArray<HistoryItem> Of(IEnumerable<HistoryItem> known, IEnumerable<HistoryItem> found)
    {
        var stored = known.GroupBy(item => item.Key).ToDictionary(same => same.Key, same => same.Aggregate(HistoryItem.Later));
        return
        [
            .. SpendHistory.Merge(found, [])
                .Select(item => stored.TryGetValue(item.Key, out var before) ? Over(before, item) : item)
                .OfType<HistoryItem>(),
        ];
    }

    /// <summary>Null where the stored item stays.</summary>
    private static HistoryItem? Over(HistoryItem before, HistoryItem item)
    {
        if (HistoryItem.Later(before, item) != item) return null;
        // AWS's history knows what a period was allowed and what it cost; what the day's look saw beside that stays.
        var after = item.Source == HistorySource.BackFill
            ? item with { Limit = item.Limit ?? before.Limit, Forecast = before.Forecast, Pace = before.Pace, State = before.State }
            : item;
        return after with { WrittenAt = before.WrittenAt, Source = before.Source } == before ? null : after;
    }
}
