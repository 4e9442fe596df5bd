using System.Collections.Immutable;
using Amazon.EventBridge;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Respond;

/// <summary>
/// Respond: what is restricted where money runs out. An event says only which account to look at: what follows is decided from its rows and its status. What
/// begins by itself begins in the round over all accounts only, which alone can see that too many are about to. Whatever is lost, the next round finds.
/// </summary>
public sealed class Responder(
    BudgetsTable budgets,
    StatusTable status,
    LedgerTable ledger,
    ArmedSwitch armed,
    IAmazonEventBridge events,
    string busName,
    StackDefaults defaults,
    AwsCaller caller,
    JsonLog log,
    TimeProvider time)
{
    /// <summary>Asks Reconcile for accounts whose parameter is to hold something else; the detail is the request that it takes.</summary>
    public const string Decided = "BudgetSync Restrictions Decided";

    private readonly SpendEventSender changes = new(status, events, busName, caller, log);

    private readonly ManagementBus bus = new(events, busName, caller);

    private readonly LedgerRecorder recorder = new(status, ledger);

    /// <summary>One account, now: what is found is planned and told, what a person approved begins, what is over is lifted.</summary>
    /// <exception cref="AwsFaultException">A table, the bus or SSM failed; Lambda delivers the event again.</exception>
    public async Task RespondAsync(AccountId account, CancellationToken cancellation)
    {
        if (await status.ReadAsync(account.Value, cancellation) is not { } row) return;
        var rows = await budgets.ReadAsync(StatusRow.ScopesOf(row.Key, row), cancellation);
        await DecideAsync(row, [.. rows], new ResponseContext(time.GetUtcNow(), await armed.ReadAsync(cancellation), Brake: null), isFresh: true, cancellation);
    }

    /// <summary>Every account, with the mass brake over all of them.</summary>
    /// <returns>How many accounts were left because the time was up.</returns>
    /// <exception cref="AwsFaultException">A table, the bus or SSM failed.</exception>
    public async Task<int> SweepAsync(TimeSpan remaining, CancellationToken cancellation)
    {
        var deadline = new Deadline(time, remaining);
        var rows = (await budgets.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var standings = await status.ScanAsync(cancellation);
        var now = time.GetUtcNow();
        var brake = MassBrake.Of(standings, now);
        var context = new ResponseContext(now, await armed.ReadAsync(cancellation), brake);
        var left = 0;
        await BoundedConcurrency.ForEachAsync(
            standings.Where(row => AccountId.TryParse(row.Key, out _)).OrderBy(row => row.Key, StringComparer.Ordinal),
            Limits.AccountsInFlight,
            OneAsync,
            cancellation);
        log.Info(LogEvent.ResponsesSwept, null, null, $"{brake.Due} restrictions begin within an hour, at most {brake.Most} may; {left} accounts were left.");
        return left;

        async Task OneAsync(StatusRow row, CancellationToken stop)
        {
            if (deadline.Near)
            {
                Interlocked.Increment(ref left);
                return;
            }

            var nearestFirst = StatusRow.ScopesOf(row.Key, row).Select(scope => rows.GetValueOrDefault(scope)).OfType<RowImage>();
            await DecideAsync(row, [.. nearestFirst], context, isFresh: false, stop);
        }
    }

    /// <param name="isFresh">Whether the kill switch was read for this account; where it was not, it is read again before anything begins.</param>
    private async Task DecideAsync(
        StatusRow row, ImmutableArray<RowImage> nearestFirst, ResponseContext context, bool isFresh, CancellationToken cancellation)
    {
        if (!AccountId.TryParse(row.Key, out var account)) return;
        // Most accounts of most organizations: nothing is asked for, and nothing is left to give back.
        if (row is { Restrictions.IsEmpty: true, Unrecorded.IsEmpty: true, Ai: not { DenyAccount: true } } && !RowResponses.AreIn(nearestFirst)
            && !row.AiStopped && (context.Armed || !row.Meters)) return;
        // What rows ask for does not change with the status: it is resolved once, and looked at with the status as it stands.
        var facts = AccountFacts.Of(account, row, nearestFirst, defaults);
        var waits = false;
        var (_, decided) = await status.StepAsync(row.Key, Step, cancellation, new StatusRead(row));
        if (waits)
        {
            context = context with { Armed = await armed.ReadAsync(cancellation) };
            (isFresh, waits) = (true, false);
            (_, decided) = await status.StepAsync(row.Key, Step, cancellation);
        }

        var after = await recorder.RecordAsync(decided, cancellation);
        await changes.SendAsync(after, cancellation);
        // By what the parameter was last asked to hold, not by this step: a person, or who died here before, leaves it to the next one.
        var carries = !after.Restrictions.IsEmpty || after.AiStopped || row.AiStopped;
        if (carries && facts.Desired is { } budgets && after.DesiredRevision != RevisionOf(budgets, facts with { Row = after }))
            await AskForReconcileAsync(account, cancellation);

        StatusRow Step(StatusRow? known)
        {
            var now = known ?? row;
            var decision = ResponsePlan.Decide(facts with { Row = now }, context);
            waits = !isFresh && decision.Restrictions.Any(one => Begins(one, now));
            if (waits) return now;
            return StatusChange.Responded(now, decision.Restrictions, decision.Changes, decision.Entries, context.Armed);
        }

        static bool Begins(Restriction after, StatusRow before) => after.State is RestrictionState.InForce
            && before.Restrictions.FirstOrDefault(one => one.Id == after.Id)?.State is not (RestrictionState.InForce or RestrictionState.Failed);

        static string RevisionOf(DesiredBudgets budgets, AccountFacts known) =>
            ParameterDocument.Revision(ParameterDocument.Format(budgets, known.Row.Travelling, known.TravellingAi));
    }

    private async Task AskForReconcileAsync(AccountId account, CancellationToken cancellation)
    {
        if (await bus.AskForReconcileAsync(Decided, account, cancellation) is not null)
        {
            var reason = $"The bus {busName} refused the event that asks for a reconcile; the hourly one will do it.";
            log.Error(LogEvent.RestrictionsDecided, account.Value, null, reason);
        }
        else
        {
            log.Info(LogEvent.RestrictionsDecided, account.Value, null, "Its restrictions are others now; a reconcile of it is asked for.");
        }
    }
}
