using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Apply;

/// <content>What an apply reports.</content>
public sealed partial class Applier
{
    private async Task<bool> IsReleasedAsync(CancellationToken cancellation)
    {
        try
        {
            return await ParameterReader.ReadAsync(systems, parameterName, caller, cancellation) is { } parameter
                && ParameterDocument.Parse(parameter.Text, account, defaults) is ParsedDocument.Released;
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind != FaultKind.Retry)
        {
            // The stack is coming down and may have taken the permission to read along: without a release to be seen, what we manage goes with it.
            return false;
        }
    }

    /// <summary>What there is to say of a parameter that asks for no budgets: it releases the account, or is no document.</summary>
    /// <param name="executor">What was carried out before the parameter moved to this.</param>
    private Report Unread(ParsedDocument reading, long version, PlanExecutor executor)
    {
        var (outcome, revision, reasons) = reading switch
        {
            ParsedDocument.Released released => (ReportOutcome.Released, released.Revision, [ReleasedReason]),
            ParsedDocument.Malformed malformed => (ReportOutcome.Rejected, (string?)null, malformed.Reasons),
            _ => throw new InvalidOperationException($"{reading.GetType()} is no case of DocumentReading that asks for no budgets."),
        };
        return new Report
        {
            Account = account,
            Revision = revision,
            ParameterVersion = version,
            Outcome = outcome,
            Reasons = reasons,
            Changes = executor.Made,
            At = time.GetUtcNow()
        };
    }

    private const string ReleasedReason = "the parameter releases this account: its budgets are left exactly as they are until a row covers it again";

    /// <summary>No parameter is no instruction: the budgets stay as they are. Deleting them is said by a document without budgets.</summary>
    private Report Missing() => new()
    {
        Account = account,
        Outcome = ReportOutcome.Pending,
        Reasons =
        [
            $"the parameter {parameterName} does not exist in the account: nothing tells what its budgets should be, so they are left as they are until "
                + $"the next reconcile writes it"
        ],
        At = time.GetUtcNow(),
    };

    private Report Reported(Report report, Trigger trigger)
    {
        var (kind, level) = report.Outcome switch
        {
            ReportOutcome.Applied or ReportOutcome.Released => (LogEvent.Applied, "Information"),
            ReportOutcome.Pending => (LogEvent.ApplyPending, "Warning"),
            ReportOutcome.Rejected => (LogEvent.ApplyRejected, "Warning"),
            _ => (LogEvent.ApplyFailed, "Error"),
        };
        log.Write(
            kind,
            level,
            account.Value,
            report.Revision,
            Redaction.Clean($"{report.Outcome} after {trigger}: {report.Changes.Length} changes. {string.Join("; ", report.Reasons)}"),
            report.Changes.Length);
        return report with { Meters = Meters };
    }
}
