using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Apply;

/// <content>What AWS remembers of closed periods goes along with the reports that no edit waits for.</content>
public sealed partial class Applier
{
    /// <summary>
    /// Adds each budget's closed periods to the report of the daily apply and of a stack's own: so the hub, which may not read budgets, has a year of history a
    /// day after a spoke came, and a hole is filled within a day. An edit's apply does without: a person waits for it.
    /// </summary>
    private async Task<Report> WithHistoryAsync(Report report, DesiredBudgets desired, Trigger trigger, CancellationToken cancellation)
    {
        if (trigger is not (Trigger.Scheduled or Trigger.CustomResource)) return report;
        // A budget that is not as it was asked for may have periods of another kind, for which AWS keeps no history.
        if (report.Outcome != ReportOutcome.Applied) return report;
        var settings = desired.Budgets.ToDictionary(budget => budget.Settings.Name, budget => budget.Settings, StringComparer.Ordinal);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var budgets = ImmutableArray.CreateBuilder<ReportedBudget>();
        try
        {
            foreach (var budget in report.Budgets)
            {
                var asked = !budget.Missing && settings.TryGetValue(budget.Name, out var known) ? known : null;
                budgets.Add(asked is null ? budget : budget with { Closed = await reader.ReadClosedAsync(asked, today, cancellation) });
            }
        }
        catch (AwsFaultException refused)
        {
            // The budgets are as they should be, whatever becomes of their past: tomorrow's apply asks again.
            log.Warn(LogEvent.HistoryRefused, account.Value, report.Revision, refused.Fault.Reason);
            return report;
        }

        return report with { Budgets = budgets.ToImmutable() };
    }
}
