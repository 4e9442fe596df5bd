using Amazon.SimpleSystemsManagement;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Apply;

/// <summary>
/// Look: what was spent, which notifications are in alarm and which budgets AWS computes at all, in three calls without a write, and one or two more for each
/// topic that rows name, and for the spoke's own. No budget is compared with what it should be: that is Apply's, once a day and after each change.
/// Restrictions in force are: what people undid of them would cost a day's money. And what was stopped and may not be given back yet is.
/// </summary>
public sealed class Looker(
    AccountId account,
    IAmazonSimpleSystemsManagement systems,
    string parameterName,
    BudgetsReader reader,
    TopicReader topics,
    StackDefaults defaults,
    SpokeRestrictions? restrictions,
    AwsCaller caller,
    JsonLog log,
    TimeProvider time)
{
    /// <summary>Whether the stack has what meters models: said where the hub asks.</summary>
    public bool Meters { get; init; }

    /// <inheritdoc cref="Applier.Unfinished"/>
    public Func<Report, CancellationToken, Task>? Unfinished { get; init; }

    /// <summary>Looks at the budgets that the parameter names.</summary>
    /// <returns>A report of outcome Looked; where AWS refuses to tell, with the reason and without budgets.</returns>
    /// <exception cref="AwsFaultException">Something that minutes may heal did not heal in seconds: Lambda runs us again.</exception>
    public async Task<Report> LookAsync(LookRequest request, CancellationToken cancellation)
    {
        if (request.Prose is { } prose) log.Info(LogEvent.AlertReceived, account.Value, null, Redaction.Clean(prose));
        var report = new Report { Account = account, Outcome = ReportOutcome.Looked, Meters = request.IsOfHub && Meters, At = time.GetUtcNow() };
        try
        {
            var parameter = await ParameterReader.ReadAsync(systems, parameterName, caller, cancellation);
            report = report with { ParameterVersion = parameter?.Version ?? 0 };
            if (parameter is not null && ParameterDocument.Parse(parameter.Text, account, defaults) is ParsedDocument.Read(var desired, var revision))
            {
                var actual = desired.Budgets.IsEmpty ? null : await reader.ReadSpendsAsync(desired, cancellation);
                report = report with
                {
                    Revision = revision,
                    Budgets = actual is null ? [] : ReportedBudget.Seen(desired, actual, actual.ReadAt ?? report.At, SpendBounds.Default),
                    Topics = await topics.ReadAsync(desired, cancellation),
                };
            }

            // Also those that ended by themselves since: they are lifted now.
            if (restrictions is not null && parameter is not null)
            {
                var run = await restrictions.CarryOutAsync(parameter.Version, time.GetUtcNow(), evenIfNone: request.IsOfHub, cancellation);
                report = report with { Restrictions = run.Restrictions, RestrictsSince = run.Since, Unexplained = run.Unexplained };
                if (run.Stuck is { } stuck)
                {
                    report = report with { Reasons = [.. report.Reasons, stuck.Fault.Reason] };
                    // Whoever asks gets what was done as the answer.
                    if (stuck.Fault.Kind == FaultKind.Retry && !request.IsOfHub)
                    {
                        if (Unfinished is { } tell) await tell(report with { At = time.GetUtcNow() }, cancellation);
                        throw stuck;
                    }
                }
            }

            // The hub must not take it for a spoke that restricts nothing.
            if (request.IsOfHub && restrictions is not null && report.Restrictions is null)
                report = report with { Reasons = [.. report.Reasons, Applier.NotKnown] };
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind != FaultKind.Retry)
        {
            log.Warn(LogEvent.LookRefused, account.Value, report.Revision, refused.Fault.Reason);
            return report with { Reasons = [refused.Fault.Reason], At = time.GetUtcNow() };
        }

        log.Info(LogEvent.Looked, account.Value, report.Revision, Redaction.Clean($"Looked at {report.Budgets.Length} budgets because of {request.Because}."));
        return report with { At = time.GetUtcNow() };
    }
}
