using System.Collections.Immutable;
using BudgetSync.Core.Parameter;

namespace BudgetSync.Core.Status;

/// <content>What is not asked for any more, where it came from, and what time does to knowledge.</content>
public static partial class StatusChange
{
    /// <summary>
    /// Not to be touched: no row applies, the row is disabled, or it went with OnDelete RETAIN (<paramref name="deleted"/>). What was applied stays on record.
    /// </summary>
    /// <param name="isShut">As <see cref="StatusRow.IsShut"/>.</param>
    public static StatusRow Uncovered(
        StatusRow? before, string key, ImmutableArray<string> reasons, RowDeletion? deleted, DateTimeOffset now, bool isShut = false)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Uncovered,
            IsShut = isShut,
            Reasons = Bounded(reasons),
            DesiredRevision = null,
            DeletedRow = deleted,
            Attempts = 0,
            NextAttemptAt = null,
        });
    }

    /// <summary>
    /// The parameter says that the spoke is released: nothing keeps its budgets equal to anything any more. As <see cref="Uncovered"/> otherwise;
    /// no report need confirm it, because the daily apply reads the same parameter.
    /// </summary>
    /// <param name="parameterVersion">That holds the release; 0 where there is no parameter to release.</param>
    public static StatusRow Released(
        StatusRow? before,
        string key,
        ImmutableArray<string> reasons,
        RowDeletion? deleted,
        long parameterVersion,
        DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        if (row.PropagatedAt is { } earlier && now < earlier && parameterVersion < row.ParameterVersion)
            return row; // A slower invocation tells of an older write.
        var uncovered = Uncovered(row, key, reasons, deleted, now);
        return Written(row, uncovered with { ItemVersion = row.ItemVersion, ParameterVersion = parameterVersion, ReleasedAt = row.ReleasedAt ?? now });
    }

    /// <summary>
    /// The same desired budgets now come from other rows, or their OnDelete changed: nothing for the spoke, but a later deletion must know. Where no parameter
    /// was ever written there is nothing to delete, and sources would claim that there is.
    /// </summary>
    public static StatusRow SourcesChanged(StatusRow row, DesiredParameter wanted) =>
        row.From.IsEmpty ? row : Written(row, row with { From = Sources(row, wanted), OnDelete = wanted.OnDelete, DeletedRow = wanted.DeletedRow });

    /// <summary>A deletion has no sources; until it is confirmed, those of what is deleted stay.</summary>
    private static EquatableArray<string> Sources(StatusRow row, DesiredParameter wanted) => wanted.From.IsEmpty ? row.From : wanted.FromKeys;

    /// <summary>A reconcile saw where the account stands in the organization.</summary>
    /// <param name="path">As <see cref="StatusRow.Path"/>.</param>
    /// <param name="name">As <see cref="StatusRow.AccountName"/>; null where the organization does not tell it.</param>
    public static StatusRow PathSeen(StatusRow row, EquatableArray<string> path, string? name = null) =>
        Written(row, row with { Path = path, AccountName = name ?? row.AccountName });

    /// <summary>The row as time leaves it: Applied without a report for <see cref="Staleness.Limit"/> is no longer known, so Unchecked.</summary>
    public static StatusRow Aged(StatusRow row, DateTimeOffset now) =>
        row.State is AccountState.Applied or AccountState.Propagated && Staleness.IsStale(row, now)
            ? Written(row, row with
            {
                State = AccountState.Unchecked,
                Reasons =
                [
                    $"no report for more than {Staleness.Limit.TotalHours} hours: look whether the spoke's schedule, its Apply function and its "
                        + $"forwarding rule are there and enabled"
                ],
            })
            : row;
}
