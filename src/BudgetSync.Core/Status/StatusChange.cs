using System.Collections.Immutable;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Status;

/// <summary>
/// The steps of a status row: each takes the row as it stands (null where there is none) and gives the row to write. A step that changes nothing gives
/// back the very row it got, so the shell can skip the write. Steps may arrive late, twice and out of order; none of that makes an older truth win.
/// </summary>
public static partial class StatusChange
{
    /// <summary>The account or row exists; nothing was done for it yet.</summary>
    public static StatusRow Seen(StatusRow? before, string key, DateTimeOffset now) => before ?? Fresh(key, now);

    /// <summary>The parameter is about to be written: from now on it may hold these desired budgets, whatever becomes of us.</summary>
    /// <param name="editedAt">When the row was edited, where an edit is what led here.</param>
    public static StatusRow Begun(StatusRow? before, string key, DesiredParameter wanted, DateTimeOffset? editedAt, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Pending,
            Reasons = ["its parameter is being written; where this stays so, the next reconcile writes it"],
            DesiredRevision = wanted.Revision,
            From = Sources(row, wanted),
            OnDelete = wanted.OnDelete,
            DeletedRow = wanted.DeletedRow,
            ReleasedAt = null,
            EditedAt = editedAt ?? row.EditedAt,
            Attempts = row.DesiredRevision == wanted.Revision ? row.Attempts : 0,
            NextAttemptAt = now,
        });
    }

    /// <summary>
    /// The parameter holds the desired budgets. When the last report already answers this very version, as after a no-op, the state is what that report said;
    /// otherwise it is Propagated, and a report is due.
    /// </summary>
    /// <param name="parameterVersion">The version that PutParameter answered, or that GetParameter did where the value was right already.</param>
    /// <param name="editedAt">When the row was edited, where an edit is what led here.</param>
    public static StatusRow Propagated(
        StatusRow? before,
        string key,
        DesiredParameter wanted,
        long parameterVersion,
        DateTimeOffset? editedAt,
        DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        if (row.PropagatedAt is { } earlier && now < earlier && parameterVersion < row.ParameterVersion)
            return row; // A slower invocation tells of an older write.

        // Versions only grow while the parameter lives. A smaller one is a parameter that was deleted and made anew: what was reported of the old one is void.
        var last = row.LastReport is { } report && report.ParameterVersion <= parameterVersion ? row.LastReport : null;
        var answered = last is not null && last.Revision == wanted.Revision && last.ParameterVersion == parameterVersion;
        var attempts = row.DesiredRevision != wanted.Revision ? 1
            : row.ParameterVersion != parameterVersion ? Next(row.Attempts)
            : Math.Max(row.Attempts, 1);
        var after = row with
        {
            State = answered ? StateOf(last!.Outcome) : AccountState.Propagated, // Not null: answered says so.
            Reasons = answered ? last!.Reasons : [],
            DesiredRevision = wanted.Revision,
            ParameterVersion = parameterVersion,
            From = answered && last!.Outcome == ReportOutcome.Applied ? wanted.FromKeys : Sources(row, wanted),
            OnDelete = wanted.OnDelete,
            DeletedRow = wanted.DeletedRow,
            ReleasedAt = null,
            LastReport = last,
            // A report that overtook the record of its own parameter looked like a manual change.
            Drift = answered && row.State == AccountState.Pending ? row.Drift.Items.Remove(DriftEntry.ParameterChanged) : row.Drift,
            EditedAt = editedAt ?? row.EditedAt,
            PropagatedAt = row.DesiredRevision == wanted.Revision && row.ParameterVersion == parameterVersion ? row.PropagatedAt ?? now : now,
        };
        return Written(row, answered && last!.Outcome == ReportOutcome.Applied
            ? Settled(after with { Attempts = 0, NextAttemptAt = null })
            : after with
            {
                Attempts = attempts,
                NextAttemptAt = SameTry(row, after) ? row.NextAttemptAt ?? now + RetryDelay.After(attempts) : now + RetryDelay.After(attempts)
            });
    }

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

    /// <summary>
    /// Not to be touched: no row applies, the row is disabled, or it went with OnDelete RETAIN (<paramref name="deleted"/>). What was applied stays on record.
    /// </summary>
    public static StatusRow Uncovered(StatusRow? before, string key, ImmutableArray<string> reasons, RowDeletion? deleted, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Uncovered,
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
    /// was
    /// ever written there is nothing to delete, and sources would claim that there is.
    /// </summary>
    public static StatusRow SourcesChanged(StatusRow row, DesiredParameter wanted) =>
        row.From.IsEmpty ? row : Written(row, row with { From = Sources(row, wanted), OnDelete = wanted.OnDelete, DeletedRow = wanted.DeletedRow });

    /// <summary>A deletion has no sources; until it is confirmed, those of what is deleted stay.</summary>
    private static EquatableArray<string> Sources(StatusRow row, DesiredParameter wanted) => wanted.From.IsEmpty ? row.From : wanted.FromKeys;

    /// <summary>A reconcile saw where the account stands in the organization.</summary>
    /// <param name="path">As <see cref="StatusRow.Path"/>.</param>
    public static StatusRow PathSeen(StatusRow row, EquatableArray<string> path) => Written(row, row with { Path = path });

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

    private static bool SameTry(StatusRow before, StatusRow after) =>
        before.DesiredRevision == after.DesiredRevision && before.ParameterVersion == after.ParameterVersion;

    private static StatusRow Fresh(string key, DateTimeOffset now) => new() { Key = key, State = AccountState.Pending, FirstSeenAt = now };

    private static StatusRow Written(StatusRow before, StatusRow after)
    {
        if (after.DesiredRevision is { } asked && after.RecentRevisions.Items.FirstOrDefault() != asked)
            after = after with { RecentRevisions = [asked, .. after.RecentRevisions.Where(earlier => earlier != asked).Take(MaximumAsked - 1)] };
        return before.ItemVersion > 0 && before.HasSameContent(after) ? before : after with { ItemVersion = before.ItemVersion + 1 };
    }

    /// <summary>A call that comes to effect after so many edits of its account is beyond anything a service does.</summary>
    private const int MaximumAsked = 8;

    /// <summary>Stops counting where the delay has long stopped growing.</summary>
    private static int Next(int attempts) => Math.Min(attempts, MaximumAttempts - 1) + 1;

    private const int MaximumAttempts = 1_000;

    private static ImmutableArray<string> Bounded(ImmutableArray<string> reasons) => ReportLimits.Fit(reasons, ReportLimits.ReasonBytes);
}
