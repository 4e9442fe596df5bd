using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
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
        var problems = snapshot.Rows.TryGetValue(scope.Key, out var row) ? await ProblemsAsync(scope, row, snapshot, cancellation) : [];
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

    /// <summary>
    /// What spokes reported counts for what accounts are allowed (a budget that adjusts itself), so their statuses are read where the row's envelope may
    /// refuse. Most rows have no such envelope.
    /// </summary>
    private async Task<ImmutableArray<string>> ProblemsAsync(Scope scope, RowImage row, OrganizationSnapshot snapshot, CancellationToken cancellation)
    {
        if (RowEnvelope.Of(row, defaults) is not { OverAllocation: OverAllocation.REJECT }) return KeyProblems.Of(row, null, defaults);
        var statuses = new ConcurrentDictionary<string, StatusRow>(StringComparer.Ordinal);
        await BoundedConcurrency.ForEachAsync(snapshot.CoveredBy(scope), Limits.AccountsInFlight, async (account, token) =>
        {
            if (await status.ReadAsync(account.Value, token) is { } known) statuses[known.Key] = known;
        }, cancellation);
        var envelopes = new OrganizationEnvelopes(snapshot.Tree, snapshot.Rows, statuses, defaults, time.GetUtcNow());
        return KeyProblems.Of(row, envelopes.LineOf(row.Key), defaults);
    }
}
