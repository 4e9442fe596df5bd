using System.Collections.Immutable;
using BudgetSync.Core.Ai;
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
        // The role may outlive the stack's last report by moments: what is written then nobody applies, until a stack is deployed and reads it.
        var gone = last is { StackDeleted: true };
        var attempts = row.DesiredRevision != wanted.Revision ? 1
            : row.ParameterVersion != parameterVersion ? Next(row.Attempts)
            : Math.Max(row.Attempts, 1);
        var after = row with
        {
            State = gone ? AccountState.Blocked : answered ? StateOf(last!.Outcome) : AccountState.Propagated, // Not null: answered says so.
            Reasons = gone ? [StatusReasons.StackDeleted] : answered ? last!.Reasons : [],
            DesiredRevision = wanted.Revision,
            AiCarried = Carried(row, wanted.AiTravel ?? AiTravel.None),
            AiNotCarried = "",
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
            // Where a clearing's report came before this record, it is settled in this very step: it was asked for all the same.
            ? Settled(Asked(after, wanted.Revision) with { Attempts = 0, NextAttemptAt = null })
            : after with
            {
                Attempts = attempts,
                NextAttemptAt = SameTry(row, after) ? row.NextAttemptAt ?? now + RetryDelay.After(attempts) : now + RetryDelay.After(attempts)
            });
    }

    private static bool SameTry(StatusRow before, StatusRow after) =>
        before.DesiredRevision == after.DesiredRevision && before.ParameterVersion == after.ParameterVersion;

    private static StatusRow Fresh(string key, DateTimeOffset now) => new() { Key = key, State = AccountState.Pending, FirstSeenAt = now };

    private static StatusRow Written(StatusRow before, StatusRow after)
    {
        if (after.DesiredRevision is { } asked) after = Asked(after, asked);
        return before.ItemVersion > 0 && before.HasSameContent(after) ? before : after with { ItemVersion = before.ItemVersion + 1 };
    }

    private static StatusRow Asked(StatusRow row, string revision) => row.RecentRevisions.Items.FirstOrDefault() == revision
        ? row
        : row with { RecentRevisions = [revision, .. row.RecentRevisions.Where(earlier => earlier != revision).Take(MaximumAsked - 1)] };

    /// <summary>A call that comes to effect after so many edits of its account is beyond anything a service does.</summary>
    private const int MaximumAsked = 8;

    /// <summary>Stops counting where the delay has long stopped growing.</summary>
    private static int Next(int attempts) => Math.Min(attempts, MaximumAttempts - 1) + 1;

    private const int MaximumAttempts = 1_000;

    private static ImmutableArray<string> Bounded(ImmutableArray<string> reasons) => ReportLimits.Fit(reasons, ReportLimits.ReasonBytes);
}
