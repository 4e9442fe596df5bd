using System.Collections.Immutable;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Status;

/// <content>What a look tells: of the money only, for it compares nothing.</content>
public static partial class StatusChange
{
    /// <summary>
    /// The spoke looked at its budgets. Only the amounts of those that the last apply told of change: which budgets there are, whether they are ours and
    /// whether they are what was asked for, an apply says. A look that came late, or twice, changes nothing.
    /// </summary>
    /// <param name="history">The history table's items of the last weeks; the default where there is no such table.</param>
    public static StatusRow Looked(
        StatusRow? before,
        string key,
        Report report,
        SpendBounds bounds,
        DateTimeOffset now,
        ImmutableArray<HistoryItem> history = default)
    {
        var fresh = before ?? Fresh(key, now);
        var row = report.Restrictions is null ? fresh : RestrictionReports.Of(fresh, report, now);
        if (report.Topics is { } topics) row = row with { Topics = topics };
        var at = report.At < now ? report.At : now;
        var last = row.Spend.ToDictionary(standing => standing.BudgetName, standing => standing.Memory.LastLookAt, StringComparer.Ordinal);
        var found = report.Budgets.Where(budget => !budget.Missing && !(budget.AsOf <= last.GetValueOrDefault(budget.Name)))
            .DistinctBy(budget => budget.Name, StringComparer.Ordinal)
            .ToDictionary(budget => budget.Name, StringComparer.Ordinal);
        var looked = row.Budgets.Where(known => !known.Missing && found.ContainsKey(known.Name)).Select(known => found[known.Name]).ToList();
        if (looked.Count == 0) return ReferenceEquals(row, fresh) ? row : Written(fresh, row);
        var seen = AccountSpend.Seen(row, looked, history.IsDefault ? [] : history, bounds, at, now);
        var after = seen.Budgets.ToDictionary(budget => budget.Name, StringComparer.Ordinal);
        return Written(fresh, seen with { Budgets = [.. row.Budgets.Select(known => after.GetValueOrDefault(known.Name, known))] });
    }

    /// <summary>The bus has taken these events. Others that came meanwhile stay.</summary>
    public static StatusRow Told(StatusRow row, IReadOnlyCollection<SpendEvent> events) =>
        Written(row, row with { Untold = [.. row.Untold.Where(untold => !events.Contains(untold))] });
}
