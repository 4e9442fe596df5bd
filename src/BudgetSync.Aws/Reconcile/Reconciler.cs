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
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Reconcile;

/// <summary>
/// Reconcile: everything there is against everything it should be. It needs no cursor to continue after its time was up: what is done is no longer due,
/// and those that waited longest come first.
/// </summary>
public sealed class Reconciler(
    AccountPropagator propagation,
    BudgetsTable budgets,
    StatusTable status,
    OrganizationReader organization,
    DeadLetterQueue? deadLetters,
    StackDefaults defaults,
    JsonLog log,
    EmbeddedMetrics metrics,
    TimeProvider time)
{
    /// <summary>Reconciles.</summary>
    /// <param name="only">These accounts; all where it is empty.</param>
    /// <param name="force">
    /// A person asked: tries that are not due yet are made now, and every account whose rows are right is written to anew, so that its spoke looks at the
    /// budgets
    /// as they are, puts right what hands changed, tries again what AWS refused, and reports.
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
        var survey = only.Count is > 0 and <= Limits.AccountsLookedUpSingly
            ? await OrganizationSnapshot.ReadAsync(only, budgets, status, organization, fresh: force, cancellation)
            : await OrganizationSnapshot.ReadAsync(budgets, status, organization, freshTree: true, cancellation);
        var accounts = survey.Accounts().Where(account => only.IsEmpty || only.Contains(account)).ToList();
        var states = new ConcurrentDictionary<string, StatusRow>(survey.Statuses);
        ScopePath pathOf = (account, _, _) => Task.FromResult(survey.Tree.PathOf(account));
        var (written, unreachable, left) = (0, 0, 0);
        await BoundedConcurrency.ForEachAsync(Ordered(accounts, survey), Limits.AccountsInFlight, async (account, token) =>
        {
            if (deadline.Near)
            {
                Interlocked.Increment(ref left);
                return;
            }

            var asked = force && !(survey.Statuses.GetValueOrDefault(account.Value)?.PropagatedAt >= since);
            var (outcome, after) = await TryReconcileAsync(account, survey, pathOf, asked, token);
            if (after is not null) states[account.Value] = after;
            if (outcome == PropagationOutcome.Written) Interlocked.Increment(ref written);
            if (outcome == PropagationOutcome.Blocked) Interlocked.Increment(ref unreachable);
            if (outcome == PropagationOutcome.Retry) Interlocked.Increment(ref left);
        }, cancellation);
        if (only.IsEmpty) await CheckKeysAsync(survey, states, cancellation);
        var handled = left == 0 && parked.Count > 0 ? await deadLetters!.DeleteAsync(parked, cancellation) : 0; // Not null: without a queue nothing was taken.
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
        var result = new ReconcileSummary(counts, written, unreachable, left, handled);
        log.Write(
            left > 0 ? LogEvent.ReconcileStopped : LogEvent.Reconciled, left > 0 ? "Warning" : "Information", null, null,
            $"{accounts.Count} accounts: {written} parameters written, {unreachable} unreachable, {left} left for the next time.",
            accounts.Count,
            time.GetElapsedTime(began).TotalMilliseconds);
        return result;
    }

    /// <summary>Those that waited longest first, so that no account starves however often the time is up.</summary>
    private static IEnumerable<AccountId> Ordered(IEnumerable<AccountId> accounts, OrganizationSnapshot survey) =>
        accounts.OrderBy(
            account => survey.Statuses.TryGetValue(account.Value, out var row)
                ? row.NextAttemptAt ?? row.PropagatedAt ?? row.FirstSeenAt
                : DateTimeOffset.MinValue);

    private async Task<(PropagationOutcome Outcome, StatusRow? After)> TryReconcileAsync(
        AccountId account,
        OrganizationSnapshot survey,
        ScopePath pathOf,
        bool force,
        CancellationToken cancellation)
    {
        try
        {
            var (outcome, after) = await ReconcileAsync(account, survey, pathOf, force, cancellation);
            return (outcome, await PlaceAsync(account, after, survey, cancellation));
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
        OrganizationSnapshot survey,
        ScopePath pathOf,
        bool force,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var key = account.Value;
        var known = survey.Statuses.GetValueOrDefault(key);
        if (survey.Tree.Find(account) is { Active: false })
            return await NoteAsync(
                known,
                key,
                AccountState.Uncovered,
                "the account is suspended or closing: it is left alone",
                (row, reasons) => StatusChange.Uncovered(row, key, reasons, row?.DeletedRow, now),
                cancellation);
        if (!survey.Tree.Accounts.IsEmpty && survey.Tree.Find(account) is null)
        {
            return survey.Rows.ContainsKey(key)
                ? await NoteAsync(
                    known,
                    key,
                    AccountState.Blocked,
                    "the organization has no such account: correct the row's AccountId, or delete the row",
                    (row, reasons) => StatusChange.Blocked(row, key, null, reasons, null, now),
                    cancellation)
                : await NoteAsync(
                    known,
                    key,
                    AccountState.Uncovered,
                    "the account has left the organization",
                    (row, reasons) => StatusChange.Uncovered(row, key, reasons, row?.DeletedRow, now),
                    cancellation);
        }

        // A person who asks does not want to hear that the next try is due in an hour.
        var judged = force && known is not null ? known with { NextAttemptAt = null } : known;
        // Where it stands may decide whether it has a stack: one that moved is no longer taken at its word.
        var moved = known is { State: AccountState.Applied, Path.IsEmpty: false } && !known.Path.SequenceEqual(PathOf(account, survey));
        switch (ReconcilePlan.Decide(account, active: true, survey.IntentOf(account, known, defaults), judged, now, verify: force || moved))
        {
            case ReconcileDecision.Propagate propagate:
                return await propagation.PropagateAsync(account, pathOf, null, propagate.Renew, cancellation);
            case ReconcileDecision.Release:
                return await propagation.PropagateAsync(account, pathOf, null, renew: false, cancellation);
            case ReconcileDecision.Record:
                // Decided again on a fresh read, because the survey may be minutes old by now.
                return (PropagationOutcome.Untouched, (await status.StepAsync(key, row => Recorded(account, survey, row, now), cancellation)).After);
            default:
                if (known is null || ReferenceEquals(StatusChange.Aged(known, now), known)) return (PropagationOutcome.Unchanged, known);
                return (
                    PropagationOutcome.Unchanged,
                    (await status.StepAsync(key, row => row is null ? StatusChange.Seen(row, key, now) : StatusChange.Aged(row, now), cancellation)).After);
        }
    }

    /// <summary>Keeps where the account stands: until the next reconcile, whoever handles an edit takes it from the status.</summary>
    private async Task<StatusRow?> PlaceAsync(AccountId account, StatusRow? row, OrganizationSnapshot survey, CancellationToken cancellation)
    {
        var path = PathOf(account, survey);
        if (row is null || row.Path.SequenceEqual(path)) return row;
        return (await status.StepAsync(
            account.Value,
            before => StatusChange.PathSeen(StatusChange.Seen(before, account.Value, time.GetUtcNow()), path),
            cancellation,
            new StatusRead(row))).After;
    }

    private static ImmutableArray<string> PathOf(AccountId account, OrganizationSnapshot survey) =>
        [.. survey.Tree.PathOf(account).Where(scope => scope is not (Scope.Account or Scope.Default)).Select(scope => scope.Key)];

    private StatusRow Recorded(AccountId account, OrganizationSnapshot survey, StatusRow? row, DateTimeOffset now) =>
        ReconcilePlan.Decide(account, active: true, survey.IntentOf(account, row, defaults), row, now) is ReconcileDecision.Record(var after)
            ? after
            : StatusChange.Seen(row, account.Value, now);

    /// <summary>Records a state that no call to the spoke can change, once.</summary>
    private async Task<(PropagationOutcome Outcome, StatusRow? After)> NoteAsync(
        StatusRow? known,
        string key,
        AccountState state,
        string reason,
        Func<StatusRow?, ImmutableArray<string>, StatusRow> step,
        CancellationToken cancellation)
    {
        if (known?.State == state && known.Reasons.SequenceEqual([reason])) return (PropagationOutcome.Untouched, known);
        return (PropagationOutcome.Untouched, (await status.StepAsync(key, row => step(row, [reason]), cancellation)).After);
    }

    /// <summary>Rows whose key is no account: what is wrong with them is said under the key, and forgotten when they are put right or gone.</summary>
    private async Task CheckKeysAsync(OrganizationSnapshot survey, ConcurrentDictionary<string, StatusRow> states, CancellationToken cancellation)
    {
        foreach (var row in survey.Rows.Values.Where(row => Scope.TryParse(row.Key) is not Scope.Account))
        {
            var problems = RowCheck.Problems(row, defaults);
            if (problems.IsEmpty) continue;
            if (survey.Statuses.TryGetValue(row.Key, out var known) && known.State == AccountState.Rejected && known.Reasons.SequenceEqual(problems)) continue;
            states[row.Key] =
                (await status.StepAsync(row.Key, before => StatusChange.Rejected(before, row.Key, problems, null, time.GetUtcNow()), cancellation)).After;
        }

        foreach (var known in survey.Statuses.Values.Where(known => Scope.TryParse(known.Key) is not Scope.Account))
        {
            if (survey.Rows.TryGetValue(known.Key, out var row) && !RowCheck.Problems(row, defaults).IsEmpty) continue;
            await status.DeleteAsync(known, cancellation);
            states.TryRemove(known.Key, out _);
        }
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
