using System.Collections.Concurrent;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <summary>Carries an edit of an OU's, the root's or the default row to the accounts it covers, and only to those for which it changes something.</summary>
public sealed class FanOut(
    AccountPropagator propagator,
    BudgetsTable budgets,
    StatusTable status,
    OrganizationReader organization,
    StackDefaults defaults,
    JsonLog log,
    TimeProvider time)
{
    /// <returns><see cref="PropagationOutcome.Retry"/> where some account's propagation must come again; what was done then is found done.</returns>
    /// <exception cref="AwsFaultException">A table or Organizations failed.</exception>
    public async Task<PropagationOutcome> SpreadAsync(Scope scope, DateTimeOffset? editedAt, Deadline deadline, CancellationToken cancellation)
    {
        var snapshot = await OrganizationSnapshot.ReadAsync(budgets, null, organization, freshTree: false, cancellation);
        await RecordAsync(scope, snapshot, editedAt, cancellation);
        ScopePath pathOf = (account, _, _) => Task.FromResult(snapshot.Tree.PathOf(account));
        var outcomes = new ConcurrentBag<PropagationOutcome>();
        await BoundedConcurrency.ForEachAsync(snapshot.CoveredBy(scope), Limits.AccountsInFlight, async (account, token) =>
        {
            if (deadline.Near)
            {
                outcomes.Add(PropagationOutcome.Retry);
                return;
            }

            var known = await status.ReadAsync(account.Value, token);
            switch (FanOutPlan.Decide(snapshot.Of(account, known, defaults).Intent, known))
            {
                case FanOutDecision.Propagate:
                    outcomes.Add((await propagator.PropagateAsync(account, pathOf, editedAt, renew: false, token)).Outcome);
                    break;
                case FanOutDecision.RememberSources(var wanted):
                    await status.StepAsync(
                        account.Value,
                        before => StatusChange.SourcesChanged(StatusChange.Seen(before, account.Value, time.GetUtcNow()), wanted),
                        token,
                        new StatusRead(known));
                    break;
            }
        }, cancellation);
        log.Write(
            LogEvent.FannedOut,
            "Information",
            scope.Key,
            null,
            $"{outcomes.Count(outcome => outcome == PropagationOutcome.Written)} parameters written of {outcomes.Count} accounts it changes something for.",
            outcomes.Count);
        return outcomes.Contains(PropagationOutcome.Retry) ? PropagationOutcome.Retry : PropagationOutcome.Written;
    }

    /// <summary>A scope that is no account has a status only while its row is wrong.</summary>
    private async Task RecordAsync(Scope scope, OrganizationSnapshot snapshot, DateTimeOffset? editedAt, CancellationToken cancellation)
    {
        var known = await status.ReadAsync(scope.Key, cancellation);
        var problems = snapshot.Rows.TryGetValue(scope.Key, out var row) ? RowCheck.Problems(row, defaults) : [];
        switch (KeyPlan.Decide(scope.Key, problems, known, editedAt, time.GetUtcNow()))
        {
            case KeyDecision.Refuse refusal:
                await status.StepAsync(scope.Key, before => refusal.After(before, scope.Key, editedAt, time.GetUtcNow()), cancellation, new StatusRead(known));
                break;
            case KeyDecision.Forget(var wrong):
                await status.DeleteAsync(wrong, cancellation);
                break;
        }
    }
}
