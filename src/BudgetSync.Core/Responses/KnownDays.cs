using System.Collections.Immutable;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Responses;

/// <summary>Of which days of a replay amounts are known: where none is, that nothing was restricted says nothing.</summary>
public static class KnownDays
{
    /// <summary>
    /// The first day whose amounts are known by themselves; of the time before there are only totals of closed periods. Null where there is none in the last
    /// <see cref="ResponseReplay.Days"/>.
    /// </summary>
    public static DateOnly? From(IEnumerable<HistoryItem> history, DateOnly today) =>
        history.Where(item => item.Source != HistorySource.BackFill && item.Key.Day >= today.AddDays(-ResponseReplay.Days))
            .Select(item => (DateOnly?)item.Key.Day)
            .Min();

    /// <summary>False: of the account's budgets no amount of a day before today is known, so that nothing restricted says nothing.</summary>
    public static bool AreIn(AccountFacts facts, ImmutableArray<HistoryItem> history, DateOnly today) =>
        facts.Desired is { } desired && history.Any(item => item.Actual is not null
            && item.Key.Day >= today.AddDays(-ResponseReplay.Days)
            && item.Key.Day < today
            && desired.Budgets.Any(budget => budget.Settings.Name == item.Key.BudgetName));
}
