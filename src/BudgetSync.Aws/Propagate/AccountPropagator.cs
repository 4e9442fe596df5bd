using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <summary>Says which scopes bear on an account, nearest first.</summary>
/// <param name="known">The account's status; null where there is none.</param>
public delegate Task<ImmutableArray<Scope>> ScopePath(AccountId account, StatusRow? known, CancellationToken cancellation);

/// <summary>
/// Brings one account's desired budgets into its parameter. Every row that bears on the account is read (consistently) before the decision, and once more
/// after the write: an OU's row and the account's own may be handled at the same moment, and the slower of the two must not end on what it read first.
/// </summary>
public sealed partial class AccountPropagator(
    BudgetsTable budgets,
    StatusTable status,
    SpokeParameter parameter,
    SpokeRole role,
    StackDefaults defaults,
    JsonLog log,
    TimeProvider time)
{
    /// <summary>Propagates one account, and records how it ended. Failures that may pass are an outcome too.</summary>
    /// <param name="editedAt">When the edit was made that led here; null where none did.</param>
    /// <param name="renew">Write even where the parameter is right: the spoke did not answer.</param>
    public async Task<(PropagationOutcome Outcome, StatusRow? Status)> PropagateAsync(
        AccountId account,
        ScopePath pathOf,
        DateTimeOffset? editedAt,
        bool renew,
        CancellationToken cancellation)
    {
        string? revision = null;
        try
        {
            for (var round = 1; round <= Limits.PropagateRounds; round++)
            {
                var known = await status.ReadAsync(account.Value, cancellation);
                var path = await pathOf(account, known, cancellation);
                var read = new AccountRows(known, path, [.. await budgets.ReadAsync(AccountRows.Keys(path), cancellation)]);
                var step = await StepAsync(account, read, editedAt, renew && round == 1, cancellation);
                revision = step.Revision;
                if (!step.MustCheck || read.Rows.SequenceEqual(await budgets.ReadAsync(AccountRows.Keys(path), cancellation)))
                    return (step.Outcome, step.Status);
                log.Info(LogEvent.PropagateMoved, account.Value, revision, "The rows moved while they were being propagated; going round again.");
            }

            throw new AwsFaultException(
                new AwsFault(
                    FaultKind.Retry,
                    "RowsMoved",
                    "dynamodb",
                    "GetItem",
                    $"the rows of {account} moved {Limits.PropagateRounds} times while they were being propagated",
                    Known: true),
                new TimeoutException());
        }
        catch (AwsFaultException refused)
        {
            return await FailedAsync(account, refused.Fault, revision, editedAt, cancellation);
        }
    }

    /// <summary>
    /// Propagates one account by what was read of it before. Where it says so, whoever read has to read the rows again and, where they have moved, to propagate
    /// it anew (<see cref="PropagateAsync"/>).
    /// </summary>
    public async Task<PropagationStep> StepAsync(
        AccountId account,
        AccountRows read,
        DateTimeOffset? editedAt,
        bool renew,
        CancellationToken cancellation)
    {
        var intent = Intent.Of(Resolver.Resolve(account, [.. read.Rows], defaults), read.Path, [.. read.Rows], read.Known);
        var revision = intent switch { Intent.Keep kept => kept.Parameter.Revision, Intent.Release => Intent.Release.Revision, _ => null };
        try
        {
            var known = read.Known;
            if (intent is Intent.Refuse wrong && known is not null
                && (renew ? known.IsToBeAmended(wrong.SnoozedThrough) : known.IsAmendDue(wrong.SnoozedThrough, time.GetUtcNow())))
                return await AmendAsync(account, wrong, known, editedAt, renew, cancellation);
            if (revision is null)
            {
                var (outcome, row) = await RecordAsync(account, intent, new StatusRead(known), editedAt, cancellation);
                return new PropagationStep(outcome, row, revision, MustCheck: false);
            }

            var (written, version) = intent is Intent.Keep wanted
                ? await parameter.SetAsync(
                    account,
                    wanted.Parameter.Document,
                    revision,
                    known is not null && known.MayHold(revision),
                    renew,
                    known?.ParameterVersion ?? 0,
                    token => BeginAsync(wanted, token),
                    cancellation)
                : await parameter.ReleaseAsync(account, revision, cancellation);
            var (_, after) = await status.StepAsync(
                account.Value,
                before => Done(before, account, intent, version, editedAt),
                cancellation,
                new StatusRead(known));
            log.Info(
                written ? LogEvent.Propagated : LogEvent.PropagateUnchanged,
                account.Value,
                revision,
                written ? $"Written as version {version}." : $"Right already at version {version}.");
            // Nothing written, nothing overwritten: whoever edits now has an event of their own to come.
            return new PropagationStep(
                written ? PropagationOutcome.Written : intent is Intent.Keep ? PropagationOutcome.Unchanged : PropagationOutcome.Untouched,
                after,
                revision,
                MustCheck: written);

            async Task BeginAsync(Intent.Keep keep, CancellationToken token)
            {
                if (keep.MustBegin(known))
                    known =
                        (await status.StepAsync(
                            account.Value,
                            before => StatusChange.Begun(before, account.Value, keep.Parameter, editedAt, time.GetUtcNow()),
                            token,
                            new StatusRead(known))).After;
            }
        }
        catch (AwsFaultException refused)
        {
            var (outcome, row) = await FailedAsync(account, refused.Fault, revision, editedAt, cancellation);
            return new PropagationStep(outcome, row, revision, MustCheck: false);
        }
    }

    private StatusRow Done(StatusRow? before, AccountId account, Intent intent, long version, DateTimeOffset? editedAt) => intent switch
    {
        Intent.Keep keep => StatusChange.Propagated(before, account.Value, keep.Parameter, version, editedAt, time.GetUtcNow()),
        Intent.Release(var reasons, var deleted) => StatusChange.Released(before, account.Value, reasons, deleted, version, time.GetUtcNow()),
        _ => throw new InvalidOperationException($"{intent.GetType()} is no case of Intent that is written to a spoke."),
    };

    /// <summary>Records what needs no call to the spoke.</summary>
    private async Task<(PropagationOutcome Outcome, StatusRow? Status)> RecordAsync(
        AccountId account,
        Intent intent,
        StatusRead read,
        DateTimeOffset? editedAt,
        CancellationToken cancellation)
    {
        var key = account.Value;
        switch (intent)
        {
            case Intent.Refuse(var reasons):
                // The reasons may quote addresses of the row: they are stored for its owner and not logged.
                log.Warn(LogEvent.PropagateRejected, key, null, $"The rows are wrong in {reasons.Length} ways; the status table names them.");
                return (
                    PropagationOutcome.Rejected,
                    (await status.StepAsync(key, before => StatusChange.Rejected(before, key, reasons, editedAt, time.GetUtcNow()), cancellation, read)).After);
            case Intent.LeaveAlone(var reasons, var deleted):
                return (
                    PropagationOutcome.Untouched,
                    (await status.StepAsync(key, before => StatusChange.Uncovered(before, key, reasons, deleted, time.GetUtcNow()), cancellation, read)).After);
            default:
                throw new InvalidOperationException($"{intent.GetType()} is no case of Intent that is recorded only.");
        }
    }

    private async Task<(PropagationOutcome Outcome, StatusRow? Status)> FailedAsync(
        AccountId account,
        AwsFault fault,
        string? revision,
        DateTimeOffset? editedAt,
        CancellationToken cancellation)
    {
        var key = account.Value;
        var reason = fault is { Service: "sts", Kind: FaultKind.Blocked }
            ? $"the role {role.Arn(account)} cannot be assumed: deploy the spoke stack into the account, or look at the role's trust policy (management "
                + $"account, organization, external id). {fault.Reason}"
            : fault.Reason;
        try
        {
            switch (fault.Kind)
            {
                case FaultKind.Blocked or FaultKind.Pending:
                    log.Warn(LogEvent.PropagateBlocked, key, revision, reason);
                    return (
                        PropagationOutcome.Blocked,
                        (await status.StepAsync(
                            key,
                            before => StatusChange.Blocked(before, key, revision, [reason], editedAt, time.GetUtcNow()),
                            cancellation)).After);
                case FaultKind.Rejected:
                    log.Warn(LogEvent.PropagateRejected, key, revision, reason);
                    return (
                        PropagationOutcome.Rejected,
                        (await status.StepAsync(key, before => StatusChange.Rejected(before, key, [reason], editedAt, time.GetUtcNow()), cancellation)).After);
                default:
                    log.Warn(LogEvent.PropagateFailed, key, revision, reason);
                    return (
                        PropagationOutcome.Retry,
                        (await status.StepAsync(
                            key,
                            before => StatusChange.Retrying(before, key, revision, [reason], editedAt, time.GetUtcNow()),
                            cancellation)).After);
            }
        }
        catch (AwsFaultException second)
        {
            // The status table is not to be had either: whoever started us must try again, or the failure stays unknown.
            log.Error(LogEvent.PropagateFailed, key, revision, second.Fault.Reason);
            return (PropagationOutcome.Retry, null);
        }
    }
}
