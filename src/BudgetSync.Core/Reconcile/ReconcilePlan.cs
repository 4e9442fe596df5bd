using BudgetSync.Core.Status;

namespace BudgetSync.Core.Reconcile;

/// <summary>
/// Decides, account by account, what reconcile does: what differs, what is stale and what is due for another try is propagated; all else costs no call.
/// </summary>
public static class ReconcilePlan
{
    /// <param name="status">The account's status row as it stands; null where there is none.</param>
    /// <param name="active">False for an account that is suspended, closed or on the way there (its role answers no more).</param>
    /// <param name="verify">
    /// Whatever the status says, let the spoke look at its budgets and report: a person wants to know, or the account moved and its stack may be gone.
    /// </param>
    public static ReconcileDecision Decide(AccountId account, bool active, Intent intent, StatusRow? status, DateTimeOffset now, bool verify = false) =>
        intent switch
        {
            _ when !active => new ReconcileDecision.Leave(),
            Intent.Refuse(var reasons) => RecordOrLeave(status, StatusChange.Rejected(status, account.Value, reasons, null, now)),
            // A release that failed is tried again like everything else; a new one is not held up by what failed before it.
            // Not null: Due says so.
            Intent.Release when status is not null && status.DesiredRevision == Intent.Release.Revision && !Due(status, now) =>
                new ReconcileDecision.Wait(status.NextAttemptAt!.Value),
            Intent.Release release => new ReconcileDecision.Release(release),
            Intent.LeaveAlone alone => RecordOrLeave(status, StatusChange.Uncovered(status, account.Value, alone.Reasons, alone.DeletedRow, now)),
            Intent.Keep keep => OfKeep(keep, status, now, verify),
            _ => throw new InvalidOperationException($"{intent.GetType()} is no case of Intent."),
        };

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

    private static bool Due(StatusRow status, DateTimeOffset now) => status.NextAttemptAt is not { } next || next <= now;

    private static ReconcileDecision RecordOrLeave(StatusRow? before, StatusRow after) =>
        ReferenceEquals(before, after) ? new ReconcileDecision.Leave() : new ReconcileDecision.Record(after);
}
