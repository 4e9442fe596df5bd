using Amazon.SimpleSystemsManagement;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Apply;

/// <summary>
/// Apply: read the parameter, read the budgets, plan, carry out, and look at the parameter again. When two invocations overlap, the one that ends last
/// has seen the newest version, so both orders end on it. Events carry no value, and none is needed: the parameter is the truth.
/// </summary>
public sealed class Applier(
    AccountId account,
    IAmazonSimpleSystemsManagement systems,
    string parameterName,
    BudgetsReader reader,
    BudgetsWriter writer,
    StackDefaults defaults,
    AwsCaller caller,
    JsonLog log,
    TimeProvider time)
{
    /// <summary>Makes the account's budgets what its parameter says.</summary>
    /// <returns>What was done and seen; rejections and refusals are outcomes, not exceptions.</returns>
    /// <exception cref="AwsFaultException">
    /// Something that minutes may heal did not heal in seconds: Lambda runs us again, and the next apply finishes this one.
    /// </exception>
    public async Task<Report> ApplyAsync(Trigger trigger, CancellationToken cancellation)
    {
        var executor = new PlanExecutor(reader, writer, account, log);
        for (var round = 1; ; round++)
        {
            var parameter = await ParameterReader.ReadAsync(systems, parameterName, caller, cancellation);
            if (parameter is null) return Reported(Missing(), trigger);
            var reading = ParameterDocument.Parse(parameter.Text, account, defaults);
            if (reading is not ParsedDocument.Read(var desired, var revision)) return Reported(Unread(reading, parameter.Version, executor), trigger);
            var settled = await executor.CarryOutAsync(desired, revision, time.GetUtcNow(), cancellation);
            // Once more: a newer version may have come while we worked, and its own invocation may have read before we wrote.
            var after = settled && executor.Quiet && round == 1 ? parameter : await ParameterReader.ReadAsync(systems, parameterName, caller, cancellation);
            if (settled && after?.Version == parameter.Version)
                return Reported(
                    executor.Report(desired, revision, parameter.Version, time.GetUtcNow()) with
                    {
                        IsCanonical = parameter.Text == ParameterDocument.Format(desired)
                    },
                    trigger);
            log.Info(
                LogEvent.ApplyMoved,
                account.Value,
                revision,
                settled ? "The parameter moved while it was being applied; starting over." : "The budgets moved while they were being changed; looking again.");
            if (round == Limits.ApplyRounds)
                return Reported(
                    executor.Report(desired, revision, parameter.Version, time.GetUtcNow()) with
                    {
                        Outcome = ReportOutcome.Failed,
                        Reasons = [$"the parameter or the budgets moved {Limits.ApplyRounds} times while they were being applied; the next apply looks again"]
                    },
                    trigger);
        }
    }

    /// <summary>Removes every budget we manage here, and nothing else: the stack is going. Where the account was released, they stay.</summary>
    /// <exception cref="AwsFaultException">Something that minutes may heal did not heal in seconds.</exception>
    public async Task<Report> RemoveAsync(CancellationToken cancellation)
    {
        if (await IsReleasedAsync(cancellation))
        {
            // Whoever lets an account go with RETAIN and takes the stack out of it next wants the budgets to stay, or they would have said DELETE.
            log.Info(LogEvent.Removed, account.Value, null, "The stack is going; the account was released, so its budgets stay.");
            return new Report
            {
                Account = account,
                Outcome = ReportOutcome.Pending,
                StackDeleted = true,
                Reasons = ["the spoke's stack was deleted; the account had been released, so its budgets stay as they are"],
                At = time.GetUtcNow()
            };
        }

        var executor = new PlanExecutor(reader, writer, account, log);
        for (var round = 1; round <= Limits.ApplyRounds; round++)
        {
            if (await executor.CarryOutAsync(DesiredBudgets.None, null, time.GetUtcNow(), cancellation)) break;
        }

        var report = executor.Report(DesiredBudgets.None, null, 0, time.GetUtcNow());
        log.Info(
            LogEvent.Removed,
            account.Value,
            null,
            $"The stack is going: {report.Changes.Length} budgets of ours were removed. {string.Join("; ", report.Reasons)}");
        return report.Outcome == ReportOutcome.Applied
            ? report with
            {
                StackDeleted = true,
                Outcome = ReportOutcome.Pending,
                Reasons = ["the spoke's stack was deleted and its budgets with it; deploy the stack again to have them back"]
            }
            : report with { StackDeleted = true };
    }

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
        return report;
    }
}
