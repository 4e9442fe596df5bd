using System.Collections.Immutable;
using System.Text.Json;
using Amazon.EventBridge;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Collect;

/// <summary>
/// Collect: what Apply's Lambda destination says of an invocation, into the status table. The account is the event's own, which AWS sets;
/// an account id inside the payload is only compared with it, so that no account can speak for another.
/// </summary>
public sealed class ReportCollector(
    StatusTable status,
    IAmazonEventBridge events,
    string busName,
    HistoryKeeper history,
    SpendBounds bounds,
    AwsCaller caller,
    JsonLog log,
    TimeProvider time)
{
    public const string SpokeDeployed = "BudgetSync Spoke Deployed";
    public const string EventSource = "budgetsync";

    private readonly ManagementBus bus = new(events, busName, caller);
    private readonly SpendEventSender spendEvents = new(status, events, busName, caller, log);

    /// <summary>Stores one destination event.</summary>
    /// <exception cref="AwsFaultException">The status table or the bus failed; Lambda delivers the event again.</exception>
    public async Task CollectAsync(JsonElement @event, CancellationToken cancellation)
    {
        var reading = DestinationEvent.Parse(@event);
        if (reading is DestinationEvent.Ignored(var why))
        {
            log.Warn(LogEvent.ReportIgnored, null, null, Redaction.Clean(why));
            return;
        }

        if (reading is DestinationEvent.Crashed crash)
        {
            if (crash.Look)
            {
                // Nothing was tried, so nothing has failed: the next look tells the amounts. Where none does, they are said to be blind.
                log.Warn(LogEvent.LookCollected, crash.Account.Value, null, Redaction.Clean($"A look failed: {crash.Reason}"));
                return;
            }

            await status.StepAsync(
                crash.Account.Value,
                before => StatusChange.Crashed(before, crash.Account.Value, Redaction.Clean(crash.Reason), crash.At, time.GetUtcNow()),
                cancellation);
            log.Warn(LogEvent.ReportCollected, crash.Account.Value, null, Redaction.Clean($"Apply failed: {crash.Reason}"));
            return;
        }

        if (reading is DestinationEvent.Metered(var metered, var models))
        {
            var (_, kept) = await status.StepAsync(metered.Value, row => StatusChange.Metered(row, metered.Value, models, time.GetUtcNow()), cancellation);
            log.Info(LogEvent.ReportCollected, metered.Value, null, $"Models: {models.Lines.Length + models.Omitted} budgets were reported.");
            await spendEvents.SendAsync(kept, cancellation);
            return;
        }

        var (account, report, deployed) = (DestinationEvent.Reported)reading;
        if (report.Account is { } claimed && claimed != account)
        {
            log.Warn(LogEvent.ReportIgnored, account.Value, report.Revision, $"A report from account {account} claims to be of account {claimed}: ignored.");
            return;
        }

        var known = await history.ReadAsync(account, report, time.GetUtcNow(), cancellation);
        if (report.Outcome == ReportOutcome.Looked)
        {
            await LookAsync(account, report, known, cancellation);
            return;
        }

        var (before, after) = await status.StepAsync(account.Value, Collected, cancellation);
        log.Info(
            LogEvent.ReportCollected,
            account.Value,
            report.Revision,
            $"{report.Outcome} reported, version {report.ParameterVersion}; the account is {after.State}.");
        await spendEvents.SendAsync(after, cancellation);
        await history.WriteAsync(account, report, after, known, time.GetUtcNow(), cancellation);
        // Edits made while there was no spoke could not reach it. They are due from now on; the event only saves the time until the next hourly reconcile,
        // which finds them due where it is lost.
        if (after.DeployedAt != before?.DeployedAt) await AskForReconcileAsync(account, cancellation);

        StatusRow Collected(StatusRow? row)
        {
            var reported = StatusChange.Reported(row, account.Value, report, bounds, time.GetUtcNow(), known, deployed);
            return deployed ? StatusChange.Deployed(reported, time.GetUtcNow()) : reported;
        }
    }

    private async Task LookAsync(AccountId account, Report report, ImmutableArray<HistoryItem> known, CancellationToken cancellation)
    {
        var read = new StatusRead(await status.ReadAsync(account.Value, cancellation));
        if (read.Row is null)
        {
            log.Warn(LogEvent.ReportIgnored, account.Value, null, "A look at budgets of an account that has no status yet: ignored.");
            return;
        }

        var (_, after) = await status.StepAsync(account.Value, Seen, cancellation, read);
        log.Info(
            LogEvent.LookCollected,
            account.Value,
            report.Revision,
            Redaction.Clean($"A look at {report.Budgets.Length} budgets. {string.Join("; ", report.Reasons)}"));
        await spendEvents.SendAsync(after, cancellation);
        await history.WriteAsync(account, report, after, known, time.GetUtcNow(), cancellation);

        StatusRow Seen(StatusRow? row) => StatusChange.Looked(row, account.Value, report, bounds, time.GetUtcNow(), known);
    }

    private async Task AskForReconcileAsync(AccountId account, CancellationToken cancellation)
    {
        // Should the event be lost, the status still says that the account is due.
        if (await bus.AskForReconcileAsync(SpokeDeployed, account, cancellation) is not null)
            log.Error(
                LogEvent.SpokeDeployed,
                account.Value,
                null,
                $"The bus {busName} refused the event that asks for a reconcile; the hourly one will do it.");
        else
            log.Info(LogEvent.SpokeDeployed, account.Value, null, "The spoke's stack was deployed; a reconcile of it is asked for.");
    }
}
