using System.Collections.Concurrent;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <summary>
/// Propagate: one batch of the table's stream. Accounts are worked on side by side up to a bound, and none waits for another's failure. What the data
/// got wrong is recorded and done with; only what may pass comes back, so that no row pins its shard.
/// </summary>
public sealed class Propagator(
    AccountPropagator propagator,
    FanOut fanOut,
    BudgetsTable budgets,
    StatusTable status,
    OrganizationReader organization,
    StackDefaults defaults,
    JsonLog log,
    EmbeddedMetrics metrics,
    TimeProvider time)
{
    /// <summary>Handles a batch.</summary>
    /// <returns>The sequence number to start over from; null where all is done.</returns>
    public async Task<string?> HandleAsync(IReadOnlyList<StreamRecord> records, TimeSpan remaining, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var deadline = new Deadline(time, remaining);
        var newest = BatchVerdict.Newest(records);
        var pathOf = Paths();
        var reads = await ReadAsync(newest, cancellation);
        var failed = new ConcurrentBag<StreamRecord>();
        var latencies = new ConcurrentBag<double>();
        var written = new ConcurrentBag<StreamRecord>();
        await BoundedConcurrency.ForEachAsync(newest, Limits.AccountsInFlight, async (record, token) =>
        {
            var outcome = await HandleAsync(record, pathOf, deadline, reads, written, token);
            if (outcome == PropagationOutcome.Retry) failed.Add(record);
            else if (outcome == PropagationOutcome.Written && record.At is { } edited)
                latencies.Add(Math.Max(0, (time.GetUtcNow() - edited).TotalMilliseconds));
        }, cancellation);
        await BoundedConcurrency.ForEachAsync(await MovedAsync(written, reads, cancellation), Limits.AccountsInFlight, async (record, token) =>
        {
            log.Info(LogEvent.PropagateMoved, record.Key, null, "The rows moved while they were being propagated; going round again.");
            var outcome = await HandleAsync(record, pathOf, deadline, AccountReads.None, written, token);
            if (outcome == PropagationOutcome.Retry) failed.Add(record);
        }, cancellation);
        if (!latencies.IsEmpty) metrics.Write("Milliseconds", "PropagationLatencyMilliseconds", latencies);
        log.Write(
            LogEvent.BatchHandled, failed.IsEmpty ? "Information" : "Warning", null, null,
            $"{newest.Length} rows of {records.Count} records handled, {failed.Count} must come again.",
            newest.Length,
            time.GetElapsedTime(began).TotalMilliseconds);
        return BatchVerdict.StartOver(failed);
    }

    /// <summary>Where the tables cannot be read for all at once, each account reads its own, and records what became of it.</summary>
    private async Task<AccountReads> ReadAsync(IReadOnlyList<StreamRecord> records, CancellationToken cancellation)
    {
        try
        {
            return await AccountReads.ReadAsync(records, budgets, status, cancellation);
        }
        catch (AwsFaultException refused)
        {
            log.Warn(LogEvent.PropagateFailed, null, null, $"The batch could not be read at once, so each account reads its own: {refused.Fault.Reason}");
            return AccountReads.None;
        }
    }

    /// <summary>
    /// Those of the accounts that were written of which a row has moved since it was read. Where the rows cannot be read, all: each of them then reads its own.
    /// </summary>
    private async Task<IReadOnlyCollection<StreamRecord>> MovedAsync(
        IReadOnlyCollection<StreamRecord> written, AccountReads reads, CancellationToken cancellation)
    {
        try
        {
            var again = await reads.AgainAsync(written, budgets, cancellation);
            // Not null: what was written had been read, and is again.
            return [.. written.Where(record => !reads[record]!.Rows.SequenceEqual(again[record]!.Rows))];
        }
        catch (AwsFaultException refused)
        {
            log.Warn(LogEvent.PropagateMoved, null, null, $"What was written is not known to be the newest: {refused.Fault.Reason}");
            return written;
        }
    }

    private async Task<PropagationOutcome> HandleAsync(
        StreamRecord record,
        ScopePath pathOf,
        Deadline deadline,
        AccountReads reads,
        ConcurrentBag<StreamRecord> written,
        CancellationToken cancellation)
    {
        if (deadline.Near) return PropagationOutcome.Retry;
        try
        {
            switch (Scope.TryParse(record.Key))
            {
                case Scope.Account(var account) when reads[record] is { } read:
                    var step = await propagator.StepAsync(account, read, record.At, renew: false, cancellation);
                    if (step.MustCheck) written.Add(record);
                    return step.Outcome;
                case Scope.Account(var account):
                    return (await propagator.PropagateAsync(account, pathOf, record.At, renew: false, cancellation)).Outcome;
                case { } scope:
                    return await fanOut.SpreadAsync(scope, record.At, deadline, cancellation);
                default:
                    return await RefuseAsync(record, cancellation);
            }
        }
        catch (AwsFaultException refused)
        {
            log.Error(LogEvent.PropagateFailed, record.Key, null, refused.Fault.Reason);
            return PropagationOutcome.Retry;
        }
        catch (Exception bug) when (!cancellation.IsCancellationRequested)
        {
            // A bug that one row brings out must not take the other rows of the batch with it. The record comes back, and ends in the dead-letter queue and its
            // alarm.
            log.Error(LogEvent.Crashed, record.Key, null, Redaction.Clean(bug.ToString()));
            return PropagationOutcome.Retry;
        }
    }

    /// <summary>A row whose key is no scope has no account to go to: its status says so under the very key, until the row goes.</summary>
    private async Task<PropagationOutcome> RefuseAsync(StreamRecord record, CancellationToken cancellation)
    {
        if (await budgets.ReadAsync(record.Key, cancellation) is not { } row)
        {
            if (await status.ReadAsync(record.Key, cancellation) is { } gone) await status.DeleteAsync(gone, cancellation);
            return PropagationOutcome.Untouched;
        }

        var reasons = RowCheck.Problems(row, defaults);
        await status.StepAsync(record.Key, before => StatusChange.Rejected(before, record.Key, reasons, record.At, time.GetUtcNow()), cancellation);
        log.Warn(LogEvent.PropagateRejected, Redaction.Clean(record.Key, 64), null, "The row's key is no scope; the status table says what is wrong.");
        return PropagationOutcome.Rejected;
    }

    /// <summary>
    /// Where an account stands says its status, from the last reconcile, which comes every hour and after every event of the organization. Only those that
    /// no reconcile has seen yet are asked for: a few one by one, many by one walk. Walks by every instance of a bulk load would take longer than the load.
    /// </summary>
    private ScopePath Paths()
    {
        var unknown = 0;
        return async (account, known, cancellation) =>
        {
            if (OrganizationSnapshot.RememberedPath(account, known) is { } remembered) return remembered;
            var pathOf = await organization.PathsAsync(Interlocked.Increment(ref unknown), cancellation);
            return await pathOf(account, cancellation);
        };
    }
}
