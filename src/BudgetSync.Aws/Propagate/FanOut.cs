using System.Collections.Concurrent;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Reconcile;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <summary>Carries an edit of an OU's, the root's or the default row to the accounts it covers, and only to those for which it changes something.</summary>
public sealed class FanOut(
    AccountPropagator propagation,
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
        var survey = await OrganizationSnapshot.ReadAsync(budgets, null, organization, freshTree: false, cancellation);
        await RecordAsync(scope, survey, editedAt, cancellation);
        ScopePath pathOf = (account, _, _) => Task.FromResult(survey.Tree.PathOf(account));
        var outcomes = new ConcurrentBag<PropagationOutcome>();
        await BoundedConcurrency.ForEachAsync(survey.CoveredBy(scope), Limits.AccountsInFlight, async (account, token) =>
        {
            if (deadline.Near)
            {
                outcomes.Add(PropagationOutcome.Retry);
                return;
            }

            var known = await status.ReadAsync(account.Value, token);
            var intent = survey.IntentOf(account, known, defaults);
            // The spoke is touched only where its budgets really change; a change of source alone is remembered for a later deletion.
            // What is not in its parameter yet comes again with the batch: it was interrupted, or tried in vain.
            if (intent is Intent.Keep keep
                && known?.DesiredRevision == keep.Parameter.Revision
                && known.State is not (AccountState.Pending or AccountState.Failed))
            {
                if (!known.HasSourcesOf(keep.Parameter))
                    await status.StepAsync(
                        account.Value,
                        before => before is null
                            ? StatusChange.Seen(before, account.Value, time.GetUtcNow())
                            : StatusChange.SourcesChanged(before, keep.Parameter),
                        token,
                        new StatusRead(known));
                return;
            }

            outcomes.Add((await propagation.PropagateAsync(account, pathOf, editedAt, renew: false, token)).Outcome);
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
    private async Task RecordAsync(Scope scope, OrganizationSnapshot survey, DateTimeOffset? editedAt, CancellationToken cancellation)
    {
        var problems = survey.Rows.TryGetValue(scope.Key, out var row) ? RowCheck.Problems(row, defaults) : [];
        if (!problems.IsEmpty)
            await status.StepAsync(scope.Key, before => StatusChange.Rejected(before, scope.Key, problems, editedAt, time.GetUtcNow()), cancellation);
        else if (await status.ReadAsync(scope.Key, cancellation) is { } known)
            await status.DeleteAsync(known, cancellation);
    }
}
