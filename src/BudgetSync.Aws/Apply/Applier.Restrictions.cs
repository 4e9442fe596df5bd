using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Apply;

/// <content>What the document restricts, beside the budgets.</content>
public sealed partial class Applier
{
    /// <summary>
    /// Restricts what was asked for and lifts the rest, once the budgets are at rest. Where AWS refuses to say what is in force, the report is Failed and says
    /// nothing of restrictions: the hub keeps what it knew.
    /// </summary>
    private async Task<Report> RestrictAsync(Report report, EquatableArray<DesiredRestriction> asked, CancellationToken cancellation)
    {
        if (restrictions is null) return report;
        try
        {
            return report with { Restrictions = await restrictions.CarryOutAsync(asked, time.GetUtcNow(), cancellation) };
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind != FaultKind.Retry)
        {
            return report with
            {
                Outcome = ReportOutcome.Failed,
                Reasons = [.. report.Reasons, $"restrictions were not carried out or not lifted: {refused.Fault.Reason}"],
            };
        }
    }
}
