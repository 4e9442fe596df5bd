using System.Collections.Immutable;

namespace BudgetSync.Core.Status;

/// <content>What was refused, and what may yet succeed.</content>
public static partial class StatusChange
{
    /// <summary>The row asks for something that cannot be: never tried again until it changes. The spoke keeps what it has.</summary>
    public static StatusRow Rejected(StatusRow? before, string key, ImmutableArray<string> reasons, DateTimeOffset? editedAt, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Rejected,
            Reasons = Bounded(reasons),
            DesiredRevision = null,
            EditedAt = editedAt ?? row.EditedAt,
            Attempts = 0,
            NextAttemptAt = null,
        });
    }

    /// <summary>
    /// The spoke cannot be reached for lack of a role, a stack or a permission. Tried again ever more rarely, since it may be deployed without our being told.
    /// </summary>
    public static StatusRow Blocked(
        StatusRow? before,
        string key,
        string? desiredRevision,
        ImmutableArray<string> reasons,
        DateTimeOffset? editedAt,
        DateTimeOffset now) =>
        Tried(before, key, desiredRevision, reasons, editedAt, now, _ => AccountState.Blocked);

    /// <summary>
    /// A row is for an account that the organization does not have, or that is suspended: no try is due, because only an edit or the account's coming changes
    /// that.
    /// </summary>
    public static StatusRow Orphaned(StatusRow? before, string key, ImmutableArray<string> reasons, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Orphan,
            Reasons = Bounded(reasons),
            DesiredRevision = null,
            Attempts = 0,
            NextAttemptAt = null,
        });
    }

    /// <summary>A call failed for reasons that may pass: Pending at first, Failed after <see cref="RetryDelay.TriesBeforeFailed"/> tries.</summary>
    public static StatusRow Retrying(
        StatusRow? before,
        string key,
        string? desiredRevision,
        ImmutableArray<string> reasons,
        DateTimeOffset? editedAt,
        DateTimeOffset now) =>
        Tried(
            before,
            key,
            desiredRevision,
            reasons,
            editedAt,
            now,
            attempts => attempts >= RetryDelay.TriesBeforeFailed ? AccountState.Failed : AccountState.Pending);

    private static StatusRow Tried(
        StatusRow? before,
        string key,
        string? desiredRevision,
        ImmutableArray<string> reasons,
        DateTimeOffset? editedAt,
        DateTimeOffset now,
        Func<int, AccountState> state)
    {
        var row = before ?? Fresh(key, now);
        var attempts = row.DesiredRevision == desiredRevision ? Next(row.Attempts) : 1;
        return Written(row, row with
        {
            State = state(attempts),
            Reasons = Bounded(reasons),
            DesiredRevision = desiredRevision,
            EditedAt = editedAt ?? row.EditedAt,
            Attempts = attempts,
            NextAttemptAt = now + RetryDelay.After(attempts),
        });
    }
}
