using Amazon.SimpleSystemsManagement;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Restrictions;
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
public sealed partial class Applier(
    AccountId account,
    IAmazonSimpleSystemsManagement systems,
    string parameterName,
    BudgetsReader reader,
    BudgetsWriter writer,
    StackDefaults defaults,
    string? alertTopic,
    SpokeRestrictions? restrictions,
    AwsCaller caller,
    JsonLog log,
    TimeProvider time)
{
    /// <summary>The spoke's stack meters models too, so that the parameter may say what they may cost.</summary>
    public bool Meters { get; init; }

    /// <summary>Looks at the topics after a change, so that one that no row names any more is told of no longer; null: the next look does.</summary>
    public TopicReader? Topics { get; init; }

    /// <summary>Sends the report of an apply that ends with an exception after something was done; null: nobody is told.</summary>
    public Func<Report, CancellationToken, Task>? Unfinished { get; init; }

    /// <summary>Makes the account's budgets what its parameter says.</summary>
    /// <returns>What was done and seen; rejections and refusals are outcomes, not exceptions.</returns>
    /// <exception cref="AwsFaultException">
    /// Something that minutes may heal did not heal in seconds: Lambda runs us again, and the next apply finishes this one.
    /// </exception>
    public async Task<Report> ApplyAsync(Trigger trigger, CancellationToken cancellation)
    {
        var executor = new PlanExecutor(reader, writer, account, alertTopic, log);
        for (var round = 1; ; round++)
        {
            var parameter = await ParameterReader.ReadAsync(systems, parameterName, caller, cancellation);
            if (parameter is null) return Reported(Missing(), trigger);
            var reading = ParameterDocument.Parse(parameter.Text, account, defaults);
            if (reading is not ParsedDocument.Read(var desired, var revision) asked)
            {
                return Reported(await RestrictAsync(Unread(reading, parameter.Version, executor), parameter.Version, cancellation), trigger);
            }

            var settled = await executor.CarryOutAsync(desired, revision, time.GetUtcNow(), cancellation);
            // Once more: a newer version may have come while we worked, and its own invocation may have read before we wrote.
            var after = settled && executor.Quiet && round == 1 ? parameter : await ParameterReader.ReadAsync(systems, parameterName, caller, cancellation);
            if (settled && after?.Version == parameter.Version)
            {
                var report = executor.Report(desired, revision, parameter.Version, time.GetUtcNow()) with
                {
                    IsCanonical = parameter.Text == ParameterDocument.Format(desired, asked.Restrictions, asked.Ai),
                };
                if (Topics is not null && !report.Changes.IsEmpty) report = report with { Topics = await Topics.ReadAsync(desired, cancellation) };
                report = await RestrictAsync(report, parameter.Version, cancellation);
                return Reported(await WithHistoryAsync(report, desired, trigger, cancellation), trigger);
            }

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

        var executor = new PlanExecutor(reader, writer, account, alertTopic, log);
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
}
