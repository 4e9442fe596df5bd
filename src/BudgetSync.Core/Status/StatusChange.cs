using System.Collections.Immutable;
using BudgetSync.Core.Documents;

namespace BudgetSync.Core.Status;

/// <summary>
/// The steps of a status row: each takes the row as it stands (null where there is none) and gives the row to write. A step that changes nothing gives
/// back the very row it got, so the shell can skip the write. Steps may arrive late, twice and out of order; none of that makes an older truth win.
/// </summary>
public static class StatusChange
{
    /// <summary>The account or row exists; nothing was done for it yet.</summary>
    public static StatusRow Seen(StatusRow? before, string key, DateTimeOffset now) => before ?? Fresh(key, now);

    /// <summary>The parameter is about to be written: from now on it may hold these desired budgets, whatever becomes of us.</summary>
    /// <param name="step">Its version is not known yet and does not count.</param>
    public static StatusRow Begun(StatusRow? before, string key, Propagation step, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Pending,
            Reasons = ["its parameter is being written; where this stays so, the next reconcile writes it"],
            DesiredRevision = step.Revision,
            From = Sources(row, step),
            OnDelete = step.OnDelete,
            Left = step.Left,
            ReleasedAt = null,
            EditedAt = step.EditedAt ?? row.EditedAt,
            Attempts = row.DesiredRevision == step.Revision ? row.Attempts : 0,
            NextAttemptAt = now,
        });
    }

    /// <summary>
    /// The parameter holds the desired budgets. When the last report already answers this very version, as after a no-op, the state is what that report said;
    /// otherwise it is Propagated, and a report is due.
    /// </summary>
    public static StatusRow Propagated(StatusRow? before, string key, Propagation step, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        if (row.PropagatedAt is { } earlier && now < earlier && step.ParameterVersion < row.ParameterVersion)
            return row; // A slower invocation tells of an older write.

        // Versions only grow while the parameter lives. A smaller one is a parameter that was deleted and made anew: what was reported of the old one is void.
        var last = row.LastReport is { } report && report.ParameterVersion <= step.ParameterVersion ? row.LastReport : null;
        var answered = last is not null && last.Revision == step.Revision && last.ParameterVersion == step.ParameterVersion;
        var attempts = row.DesiredRevision != step.Revision ? 1 : row.ParameterVersion != step.ParameterVersion ? Next(row.Attempts) : Math.Max(row.Attempts, 1);
        var after = row with
        {
            State = answered ? StateOf(last!.Outcome) : AccountState.Propagated, // Not null: answered says so.
            Reasons = answered ? last!.Reasons : [],
            DesiredRevision = step.Revision,
            ParameterVersion = step.ParameterVersion,
            From = answered && last!.Outcome == ReportOutcome.Applied ? step.From : Sources(row, step),
            OnDelete = step.OnDelete,
            Left = step.Left,
            ReleasedAt = null,
            LastReport = last,
            // A report that overtook the record of its own parameter looked like somebody's hand.
            Drift = answered && row.State == AccountState.Pending ? row.Drift.Remove(ParameterChanged) : row.Drift,
            EditedAt = step.EditedAt ?? row.EditedAt,
            PropagatedAt = row.DesiredRevision == step.Revision && row.ParameterVersion == step.ParameterVersion ? row.PropagatedAt ?? now : now,
        };
        return Written(row, answered && last!.Outcome == ReportOutcome.Applied
            ? after with { Attempts = 0, NextAttemptAt = null }
            : after with { Attempts = attempts, NextAttemptAt = SameTry(row, after) ? row.NextAttemptAt ?? now + RetryDelay.After(attempts) : now + RetryDelay.After(attempts) });
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

    /// <summary>The spoke cannot be reached for lack of a role, a stack or a permission. Tried again ever more rarely, since somebody may deploy it without telling us.</summary>
    public static StatusRow Blocked(StatusRow? before, string key, string? desiredRevision, ImmutableArray<string> reasons, DateTimeOffset? editedAt, DateTimeOffset now) =>
        Tried(before, key, desiredRevision, reasons, editedAt, now, _ => AccountState.Blocked);

    /// <summary>A call failed for reasons that may pass: Pending at first, Failed after <see cref="RetryDelay.TriesBeforeFailed"/> tries.</summary>
    public static StatusRow Retrying(StatusRow? before, string key, string? desiredRevision, ImmutableArray<string> reasons, DateTimeOffset? editedAt, DateTimeOffset now) =>
        Tried(before, key, desiredRevision, reasons, editedAt, now, attempts => attempts >= RetryDelay.TriesBeforeFailed ? AccountState.Failed : AccountState.Pending);

    /// <summary>Not to be touched: no row applies, the row is disabled, or it went with OnDelete RETAIN (<paramref name="left"/>). What was applied stays on record.</summary>
    public static StatusRow Uncovered(StatusRow? before, string key, ImmutableArray<string> reasons, Departure? left, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Uncovered,
            Reasons = Bounded(reasons),
            DesiredRevision = null,
            Left = left,
            Attempts = 0,
            NextAttemptAt = null,
        });
    }

    /// <summary>
    /// The parameter says that the spoke is released: nothing keeps its budgets equal to anything any more. As <see cref="Uncovered"/> otherwise;
    /// no report need confirm it, because the daily apply reads the same parameter.
    /// </summary>
    /// <param name="parameterVersion">That holds the release; 0 where there is no parameter to release.</param>
    public static StatusRow Released(StatusRow? before, string key, ImmutableArray<string> reasons, Departure? left, long parameterVersion, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        if (row.PropagatedAt is { } earlier && now < earlier && parameterVersion < row.ParameterVersion)
            return row; // A slower invocation tells of an older write.
        var uncovered = Uncovered(row, key, reasons, left, now);
        return Written(row, uncovered with { Edition = row.Edition, ParameterVersion = parameterVersion, ReleasedAt = row.ReleasedAt ?? now });
    }

    /// <summary>
    /// The same desired budgets now come from other rows, or their OnDelete changed: nothing for the spoke, but a later deletion must know. Where no parameter was
    /// ever written there is nothing to delete, and sources would claim that there is.
    /// </summary>
    public static StatusRow Sourced(StatusRow row, Propagation step) => row.From.IsEmpty ? row : Written(row, row with { From = Sources(row, step), OnDelete = step.OnDelete, Left = step.Left });

    /// <summary>A deletion has no sources; until it is confirmed, those of what is deleted stay.</summary>
    private static ImmutableArray<string> Sources(StatusRow row, Propagation step) => step.From.IsEmpty ? row.From : step.From;

    /// <summary>A reconcile saw where the account stands in the organization.</summary>
    /// <param name="path">As <see cref="StatusRow.Path"/>.</param>
    public static StatusRow Placed(StatusRow row, ImmutableArray<string> path) => Written(row, row with { Path = path });

    /// <summary>
    /// The spoke reported. An older report (<see cref="IsOlder"/>) and a repeated one change nothing. A report of another revision than the desired one is kept, and leaves the state open: a newer parameter is on its way, or somebody changed it by hand.
    /// </summary>
    /// <param name="bounds">Of the management account's settings: a spoke judges its spend by the defaults.</param>
    public static StatusRow Reported(StatusRow? before, string key, Report report, SpendBounds bounds, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        var at = report.At < now ? report.At : now; // A spoke's clock that runs ahead must not outlive its own later reports.
        if (row.LastReport is { } last && IsOlder(report.ParameterVersion, at, last))
            return row;

        var applied = report.Outcome == ReportOutcome.Applied;
        var answers = row.DesiredRevision is not null && report.Revision == row.DesiredRevision && report.ParameterVersion >= row.ParameterVersion;
        // The parameter had been changed by hand and was put back: what this apply found of the budgets came from there.
        var putBack = answers && row.LastReport?.Revision != row.DesiredRevision && row.Drift.Contains(ParameterChanged);
        var drift = putBack ? [ParameterChanged, .. report.Drift] : row.AppliedRevision is not null && row.AppliedRevision == report.Revision ? report.Drift : [];
        var after = row with
        {
            LastReport = new LastReport(report.Revision, report.ParameterVersion, report.Outcome, report.Reasons, at),
            Budgets = [.. report.Budgets.Select(b => b.Judged(bounds))],
            Adopted = report.Adopted,
            Drift = drift,
            DriftSeenAt = drift.IsEmpty ? row.DriftSeenAt : at,
            ReportedAt = at,
            AppliedRevision = applied ? report.Revision : row.AppliedRevision,
            AppliedAt = applied && (report.Revision != row.AppliedRevision || row.AppliedAt is null) ? at : row.AppliedAt,
        };
        if (answers) return Written(row, Answered(after, report, now));
        return Written(row, CameLate(row, report) ? Returned(after, report, now) : Unanswered(after, now));
    }

    /// <summary>
    /// Versions order reports as long as the parameter lives, whatever took how long. But a person may delete it: then a report has no version at all (0), and
    /// when it is made anew its versions begin again. No run outlasts <see cref="LongestRun"/>, so beyond that the times tell.
    /// </summary>
    private static bool IsOlder(long version, DateTimeOffset at, LastReport last)
    {
        if (version == last.ParameterVersion || version == 0)
            return at <= last.At;
        if (last.ParameterVersion == 0)
            return at < last.At;
        return version < last.ParameterVersion ? at <= last.At + LongestRun : at < last.At - LongestRun;
    }

    /// <summary>Lambda ends any invocation after 15 minutes (Lambda quotas, "Function timeout").</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    /// <summary>Apply ended without a report: it crashed, timed out or was refused. A crash from before the last report says nothing any more.</summary>
    /// <param name="at">The failure event's time.</param>
    public static StatusRow Crashed(StatusRow? before, string key, string reason, DateTimeOffset at, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        if ((row.ReportedAt is { } reported && at <= reported) || row.State is AccountState.Rejected or AccountState.Uncovered or AccountState.Blocked)
            return row;
        var attempts = Next(row.Attempts);
        return Written(row, row with
        {
            State = AccountState.Failed,
            Reasons = Bounded([reason]),
            ReportedAt = at,
            Attempts = attempts,
            NextAttemptAt = now + RetryDelay.After(attempts),
        });
    }

    /// <summary>The row as time leaves it: Applied without a report for <see cref="Staleness.Limit"/> is no longer known, so Unchecked.</summary>
    public static StatusRow Aged(StatusRow row, DateTimeOffset now) =>
        row.State is AccountState.Applied or AccountState.Propagated && Staleness.IsStale(row, now)
            ? Written(row, row with
            {
                State = AccountState.Unchecked,
                Reasons = [$"no report for more than {Staleness.Limit.TotalHours} hours: look whether the spoke's schedule, its Apply function and its forwarding rule are there and enabled"],
            })
            : row;

    public static AccountState StateOf(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Applied => AccountState.Applied,
        ReportOutcome.Pending => AccountState.Pending,
        ReportOutcome.Rejected => AccountState.Rejected,
        ReportOutcome.Released => AccountState.Uncovered,
        _ => AccountState.Failed,
    };

    private static StatusRow Answered(StatusRow row, Report report, DateTimeOffset now)
    {
        var attempts = Next(row.Attempts);
        return report.Outcome switch
        {
            ReportOutcome.Applied => row with { State = AccountState.Applied, Reasons = [], From = report.Revision == ParameterDocument.NothingRevision ? [] : row.From, Attempts = 0, NextAttemptAt = null },
            // What AWS or the document refuses stays refused until a row changes; the daily apply tries it anyway and would report success.
            ReportOutcome.Rejected => row with { State = AccountState.Rejected, Reasons = report.Reasons, Attempts = 0, NextAttemptAt = null },
            _ => row with { State = StateOf(report.Outcome), Reasons = report.Reasons, Attempts = attempts, NextAttemptAt = now + RetryDelay.After(attempts) },
        };
    }

    /// <summary>True where nothing is asked of the account any more, and something that we once asked for is in its parameter after all. What people type there is theirs.</summary>
    private static bool CameLate(StatusRow row, Report report) =>
        row.State == AccountState.Uncovered && report.Outcome != ReportOutcome.Released && report.ParameterVersion > row.ParameterVersion && report.Revision is { } revision && row.Asked.Contains(revision);

    /// <summary>A write of ours took effect after what was to be the last one: that one is due again.</summary>
    private static StatusRow Returned(StatusRow row, Report report, DateTimeOffset now) => row with
    {
        State = AccountState.Pending,
        Reasons = ["an earlier write of ours reached the parameter late, though nothing is asked of this account any more; the next reconcile takes it back"],
        DesiredRevision = row.ReleasedAt is null ? ParameterDocument.NothingRevision : ParameterDocument.ReleasedRevision,
        ParameterVersion = report.ParameterVersion,
        ReleasedAt = null,
        NextAttemptAt = now,
    };

    /// <summary>
    /// A state that claims to know the spoke no longer does: its parameter holds something else. The next reconcile puts it back at once.
    /// States that wait or refuse keep their reasons; what the spoke itself refused is no longer in its parameter, so that refusal stands no more.
    /// </summary>
    private static StatusRow Unanswered(StatusRow row, DateTimeOffset now) => row.State is AccountState.Applied or AccountState.Unchecked || row is { State: AccountState.Rejected, DesiredRevision: not null }
        ? row with
        {
            State = AccountState.Pending,
            Reasons = ["the spoke's parameter holds something else than its rows ask for: somebody changed it by hand, or a newer edit is on its way; the next reconcile puts it right"],
            Drift = [ParameterChanged],
            NextAttemptAt = now,
        }
        : row;

    private const string ParameterChanged = "the parameter was changed or deleted by hand";

    private static StatusRow Tried(
        StatusRow? before, string key, string? desiredRevision, ImmutableArray<string> reasons, DateTimeOffset? editedAt, DateTimeOffset now, Func<int, AccountState> state)
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
        if (after.DesiredRevision is { } asked && after.Asked.FirstOrDefault() != asked)
            after = after with { Asked = [asked, .. after.Asked.Where(earlier => earlier != asked).Take(MaximumAsked - 1)] };
        return before.Edition > 0 && before.Says(after) ? before : after with { Edition = before.Edition + 1 };
    }

    /// <summary>A call that comes to effect after so many edits of its account is beyond anything a service does.</summary>
    private const int MaximumAsked = 8;

    /// <summary>Stops counting where the delay has long stopped growing.</summary>
    private static int Next(int attempts) => Math.Min(attempts, MaximumAttempts - 1) + 1;

    private const int MaximumAttempts = 1_000;

    private static ImmutableArray<string> Bounded(ImmutableArray<string> reasons) => ReportBounds.Fit(reasons, ReportBounds.ReasonBytes);
}
