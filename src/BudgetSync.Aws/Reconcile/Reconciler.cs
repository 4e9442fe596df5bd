using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Propagate;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Reconcile;

/// <summary>
/// Reconcile: everything there is against everything it should be. It needs no cursor to continue after its time was up: what is done is no longer due,
/// and those that waited longest come first.
/// </summary>
public sealed partial class Reconciler(
    AccountPropagator propagator,
    BudgetsTable budgets,
    StatusTable status,
    OrganizationReader organization,
    DeadLetterQueue? deadLetters,
    StackDefaults defaults,
    JsonLog log,
    EmbeddedMetrics metrics,
    TimeProvider time)
{
    /// <summary>
    /// Reads the kill switch (false: nothing begins) for spokes that meter models; null where none does, or where Respond reads it for them.
    /// </summary>
    public Func<CancellationToken, Task<bool>>? Armed { get; init; }

    /// <summary>Reconciles.</summary>
    /// <param name="only">These accounts; all where it is empty.</param>
    /// <param name="force">
    /// A person asked: tries that are not due yet are made now, and every account whose rows are right is written to anew, so that its spoke looks at
    /// the budgets as they are, puts right what was changed by hand, tries again what AWS refused, and reports.
    /// </param>
    /// <exception cref="AwsFaultException">A table, the queue or Organizations failed; Lambda runs it again.</exception>
    public Task<ReconcileSummary> ReconcileAsync(ImmutableHashSet<AccountId> only, bool force, TimeSpan remaining, CancellationToken cancellation) =>
        ReconcileAsync(only, force, since: null, remaining, cancellation);

    /// <inheritdoc cref="ReconcileAsync(ImmutableHashSet{AccountId}, bool, TimeSpan, CancellationToken)"/>
    /// <param name="since">
    /// When the person asked. Spokes written to since then are done: where one invocation's time does not suffice for all, the next one goes on with the
    /// others.
    /// </param>
    public async Task<ReconcileSummary> ReconcileAsync(
        ImmutableHashSet<AccountId> only,
        bool force,
        DateTimeOffset? since,
        TimeSpan remaining,
        CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var deadline = new Deadline(time, remaining);
        var parked = only.IsEmpty && deadLetters is not null ? await deadLetters.TakeAsync(cancellation) : [];
        var snapshot = only.Count is > 0 and <= Limits.AccountsLookedUpSingly
            ? await OrganizationSnapshot.ReadAsync(only, budgets, status, organization, fresh: force, cancellation)
            : await OrganizationSnapshot.ReadAsync(budgets, status, organization, freshTree: true, cancellation);
        var accounts = snapshot.Accounts().Where(account => only.IsEmpty || only.Contains(account)).ToList();
        var states = new ConcurrentDictionary<string, StatusRow>(snapshot.Statuses);
        ScopePath pathOf = (account, _, _) => Task.FromResult(snapshot.Tree.PathOf(account));
        var armed = Armed is { } read ? await read(cancellation) : (bool?)null;
        var (written, unreachable, open) = (0, 0, 0);
        await BoundedConcurrency.ForEachAsync(Ordered(accounts, snapshot), Limits.AccountsInFlight, async (account, token) =>
        {
            if (deadline.Near)
            {
                Interlocked.Increment(ref open);
                return;
            }

            var asked = force && !(snapshot.Statuses.GetValueOrDefault(account.Value)?.PropagatedAt >= since);
            var (outcome, after) = await TryReconcileAsync(account, snapshot, pathOf, asked, armed, token);
            if (after is not null) states[account.Value] = after;
            if (outcome == PropagationOutcome.Written) Interlocked.Increment(ref written);
            if (outcome == PropagationOutcome.Blocked) Interlocked.Increment(ref unreachable);
            if (outcome == PropagationOutcome.Retry) Interlocked.Increment(ref open);
        }, cancellation);
        if (only.IsEmpty) await CheckKeysAsync(snapshot, states, cancellation);
        var handled = open == 0 && parked.Count > 0 ? await deadLetters!.DeleteAsync(parked, cancellation) : 0; // Not null: without a queue nothing was taken.
        if (handled > 0)
            log.Write(
                LogEvent.DeadLettersHandled,
                "Warning",
                null,
                null,
                $"{handled} batches that Lambda had given up on were repaired by this reconcile.",
                handled);

        var counts = accounts
            .Select(account => states.TryGetValue(account.Value, out var row) ? row.State : AccountState.Uncovered)
            .GroupBy(state => state)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Count());
        if (only.IsEmpty) Measure(counts, states.Values);
        var result = new ReconcileSummary(counts, written, unreachable, open, handled);
        log.Write(
            open > 0 ? LogEvent.ReconcileStopped : LogEvent.Reconciled, open > 0 ? "Warning" : "Information", null, null,
            $"{accounts.Count} accounts: {written} parameters written, {unreachable} unreachable, {open} left for the next time.",
            accounts.Count,
            time.GetElapsedTime(began).TotalMilliseconds);
        return result;
    }

    /// <summary>Those that waited longest first, so that no account starves however often the time is up.</summary>
    private static IEnumerable<AccountId> Ordered(IEnumerable<AccountId> accounts, OrganizationSnapshot snapshot) =>
        accounts.OrderBy(
            account => snapshot.Statuses.TryGetValue(account.Value, out var row)
                ? row.NextAttemptAt ?? row.PropagatedAt ?? row.FirstSeenAt
                : DateTimeOffset.MinValue);

    private async Task<(PropagationOutcome Outcome, StatusRow? After)> TryReconcileAsync(
        AccountId account,
        OrganizationSnapshot snapshot,
        ScopePath pathOf,
        bool force,
        bool? armed,
        CancellationToken cancellation)
    {
        try
        {
            var (outcome, after) = await ReconcileAsync(account, snapshot, pathOf, force, armed, cancellation);
            return (outcome, await PlaceAsync(account, after, snapshot, cancellation));
        }
        catch (AwsFaultException refused)
        {
            log.Error(LogEvent.PropagateFailed, account.Value, null, refused.Fault.Reason);
        }
        catch (Exception bug) when (!cancellation.IsCancellationRequested)
        {
            // One account's bug must not keep the others from being reconciled; it is counted as left and loud in the log.
            log.Error(LogEvent.Crashed, account.Value, null, Redaction.Clean(bug.ToString()));
        }

        return (PropagationOutcome.Retry, null);
    }

    private async Task<(PropagationOutcome Outcome, StatusRow? After)> ReconcileAsync(
        AccountId account,
        OrganizationSnapshot snapshot,
        ScopePath pathOf,
        bool force,
        bool? armed,
        CancellationToken cancellation)
    {
        var (now, key, known) = (time.GetUtcNow(), account.Value, snapshot.Statuses.GetValueOrDefault(account.Value));
        if (armed is { } begins && known is not null && !ReferenceEquals(StatusChange.Switched(known, begins), known))
            known = (await status.StepAsync(key, row => StatusChange.Switched(row ?? known, begins), cancellation)).After;
        switch (ReconcilePlan.Decide(snapshot.Of(account, known, defaults), known, now, force))
        {
            case ReconcileDecision.Propagate propagate:
                return await propagator.PropagateAsync(account, pathOf, null, propagate.Renew, cancellation);
            case ReconcileDecision.Amend amend:
                return await propagator.PropagateAsync(account, pathOf, null, amend.Renew, cancellation);
            case ReconcileDecision.Release:
                return await propagator.PropagateAsync(account, pathOf, null, renew: false, cancellation);
            case ReconcileDecision.Record:
                var (_, after) = await status.StepAsync(key, row => ReconcilePlan.Recorded(snapshot.Of(account, row, defaults), row, now), cancellation);
                return (PropagationOutcome.Untouched, after);
            default:
                return (PropagationOutcome.Unchanged, known);
        }
    }

    /// <summary>Keeps where the account stands, and its name: until the next reconcile, whoever handles an edit takes it from the status.</summary>
    private async Task<StatusRow?> PlaceAsync(AccountId account, StatusRow? row, OrganizationSnapshot snapshot, CancellationToken cancellation)
    {
        var (path, name) = (snapshot.PathOf(account), snapshot.Tree.Find(account)?.Name);
        if (row is null || (row.Path == path && (name is null || row.AccountName == name))) return row;
        return (await status.StepAsync(
            account.Value,
            before => StatusChange.PathSeen(StatusChange.Seen(before, account.Value, time.GetUtcNow()), path, name),
            cancellation,
            new StatusRead(row))).After;
    }

    private void Measure(ImmutableSortedDictionary<AccountState, int> counts, IEnumerable<StatusRow> rows)
    {
        metrics.Write("Count", [.. Enum.GetValues<AccountState>().Select(state => ($"Accounts{state}", (double)counts.GetValueOrDefault(state)))]);
        var now = time.GetUtcNow();
        var waiting = rows
            .Where(row => row.DesiredRevision is not null && row.DesiredRevision != row.AppliedRevision && row.State != AccountState.Rejected)
            .Select(row => (now - (row.EditedAt ?? row.PropagatedAt ?? row.FirstSeenAt)).TotalSeconds);
        metrics.Write("Seconds", [("OldestUnappliedEditSeconds", Math.Max(0, waiting.DefaultIfEmpty(0).Max()))]);
    }
}
