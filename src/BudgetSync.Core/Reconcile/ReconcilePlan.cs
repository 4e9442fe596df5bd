using System.Globalization;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Reconcile;

/// <summary>
/// Decides, account by account, what reconcile does: what differs, what is stale and what is due for another try is propagated; all else costs no call.
/// </summary>
public static class ReconcilePlan
{
    /// <param name="status">The account's status row as it stands; null where there is none.</param>
    /// <param name="asked">
    /// A person wants to know: tries that are not due yet are made now, and whatever the status says, the spoke looks at its budgets and reports.
    /// </param>
    public static ReconcileDecision Decide(AccountSnapshot account, StatusRow? status, DateTimeOffset now, bool asked = false)
    {
        var decision = OfStanding(account, status, now, asked);
        // Where nothing is to be done, what time did to our knowledge is still to be told.
        return decision is ReconcileDecision.InSync or ReconcileDecision.Wait or ReconcileDecision.Leave && status is not null
            && StatusChange.Aged(status, now) is var aged && !ReferenceEquals(aged, status)
            ? new ReconcileDecision.Record(aged)
            : decision;
    }

    /// <summary>The row to write after a <see cref="ReconcileDecision.Record"/>, decided again on a fresh read: the first may be minutes old.</summary>
    public static StatusRow Recorded(AccountSnapshot account, StatusRow? status, DateTimeOffset now) =>
        Decide(account, status, now) is ReconcileDecision.Record(var after) ? after : StatusChange.Seen(status, account.Account.Value, now);

    private static ReconcileDecision OfStanding(AccountSnapshot account, StatusRow? status, DateTimeOffset now, bool asked)
    {
        var key = account.Account.Value;
        return account.Standing switch
        {
            AccountStanding.Suspended => OutOfReach(StatusReasons.Suspended, StatusReasons.Suspended),
            AccountStanding.Gone => OutOfReach(StatusReasons.Gone, StatusReasons.NoSuchAccount),
            // A person who asks does not want to hear that the next try is due in an hour. Where an account stands may decide whether it has a stack: one
            // that moved is no longer taken at its word.
            _ => OfIntent(account, asked && status is not null ? status with { NextAttemptAt = null } : status, now, verify: asked || Moved(account, status)),
        };

        ReconcileDecision OutOfReach(string reason, string ofRow) => RecordOrLeave(
            status,
            account.HasRow
                ? StatusChange.Orphaned(status, key, [ofRow], now)
                : StatusChange.Uncovered(status, key, [reason], status?.DeletedRow, now, isShut: true));
    }

    private static bool Moved(AccountSnapshot account, StatusRow? status) =>
        status is { State: AccountState.Applied, Path.IsEmpty: false } && status.Path != account.Path;

    private static ReconcileDecision OfIntent(AccountSnapshot account, StatusRow? status, DateTimeOffset now, bool verify) =>
        account.Intent switch
        {
            Intent.Refuse refuse when status is not null && status.IsAmendDue(refuse.SnoozedThrough, now) =>
                new ReconcileDecision.Amend(verify || IsUnanswered(status)),
            Intent.Refuse(var reasons) => RecordOrLeave(status, StatusChange.Rejected(status, account.Account.Value, reasons, null, now)),
            // A release that failed is tried again like everything else; a new one is not held up by what failed before it.
            // Not null: Due says so.
            Intent.Release when status is not null && status.DesiredRevision == Intent.Release.Revision && !Due(status, now) =>
                new ReconcileDecision.Wait(status.NextAttemptAt!.Value),
            Intent.Release release => new ReconcileDecision.Release(release),
            Intent.LeaveAlone alone =>
                RecordOrLeave(status, StatusChange.Uncovered(status, account.Account.Value, alone.Reasons, alone.DeletedRow, now)),
            Intent.Keep keep => OfKeep(keep, status, now, verify),
            _ => throw new InvalidOperationException($"{account.Intent.GetType()} is no case of Intent."),
        };

    /// <summary>It was taken out of the parameter, and no report has come since.</summary>
    private static bool IsUnanswered(StatusRow status) =>
        status is { State: AccountState.Rejected, IsToBeLifted: true, Attempts: > 0 } && !(status.ReportedAt > status.PropagatedAt);

    private static ReconcileDecision OfKeep(Intent.Keep keep, StatusRow? status, DateTimeOffset now, bool verify)
    {
        if (status is null)
            return new ReconcileDecision.Propagate(keep, Renew: false, "nothing was propagated yet");
        if (status.DesiredRevision != keep.Parameter.Revision)
            return new ReconcileDecision.Propagate(keep, Renew: false, "the desired budgets differ from those last propagated");
        if (verify)
            return new ReconcileDecision.Propagate(keep, Renew: true, "what is true in the account is to be seen");
        if (status.State is AccountState.Applied or AccountState.Rejected or AccountState.Unchecked)
        {
            // A rejection by AWS stands until the row changes. What it would change to is a new revision, handled above.
            if (status.State == AccountState.Unchecked || Staleness.IsStale(status, now))
                // Not null: Due says so.
                return Due(status, now)
                    ? new ReconcileDecision.Propagate(keep, Renew: true, "the spoke has not reported for too long")
                    : new ReconcileDecision.Wait(status.NextAttemptAt!.Value);
            if (Turned(keep.Parameter, status, now) is { } day)
                return new ReconcileDecision.Propagate(
                    keep,
                    Renew: true,
                    string.Create(CultureInfo.InvariantCulture, $"the limit in force is another since {day:yyyy-MM-dd}"));
            if (status.HasSourcesOf(keep.Parameter))
                return status.State == AccountState.Applied ? new ReconcileDecision.InSync() : new ReconcileDecision.Leave();
            return RecordOrLeave(status, StatusChange.SourcesChanged(status, keep.Parameter));
        }

        if (!Due(status, now))
            return new ReconcileDecision.Wait(status.NextAttemptAt!.Value); // Not null: Due says so.
        return status.State == AccountState.Blocked
            ? new ReconcileDecision.Propagate(keep, Renew: false, "the spoke was blocked; it may be deployed by now")
            : new ReconcileDecision.Propagate(keep, Renew: true, "the spoke has not confirmed the desired budgets");
    }

    /// <summary>
    /// The last day on which a limit became another by itself, where the spoke has not reported since it began. The daily apply would see to it as well, up to
    /// a day later.
    /// </summary>
    private static DateOnly? Turned(DesiredParameter parameter, StatusRow status, DateTimeOffset now) =>
        (status.ReportedAt ?? status.PropagatedAt) is { } heard
            ? parameter.Turns.Where(day => day > Day(heard) && day <= Day(now)).Select(day => (DateOnly?)day).LastOrDefault()
            : null;

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static bool Due(StatusRow status, DateTimeOffset now) => status.NextAttemptAt is not { } next || next <= now;

    /// <summary>What the row says already is not written again.</summary>
    private static ReconcileDecision RecordOrLeave(StatusRow? before, StatusRow after) =>
        ReferenceEquals(before, after) ? new ReconcileDecision.Leave() : new ReconcileDecision.Record(after);
}
