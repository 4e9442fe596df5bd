using BudgetSync.Aws.Faults;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Apply;

/// <content>What the hub restricts, beside the budgets.</content>
public sealed partial class Applier
{
    internal const string NotKnown =
        "what the hub asks to restrict is not known, because no version of the parameter that it wrote can be read; what is in force stays until the hub "
            + "writes again";

    /// <summary>
    /// Restricts what the hub asks for and lifts the rest, once the budgets are at rest, whoever wrote the version that they are of. Where AWS refuses to say
    /// what is in force, the report is Failed and says nothing of restrictions: the hub keeps what it knew. Where it refuses to free somebody, the report is
    /// Failed and says what was done.
    /// </summary>
    private async Task<Report> RestrictAsync(Report report, long version, CancellationToken cancellation)
    {
        if (restrictions is null) return report;
        try
        {
            var run = await restrictions.CarryOutAsync(version, time.GetUtcNow(), evenIfNone: true, cancellation);
            if (run is { Restrictions: null, Stuck: null })
            {
                return report with
                {
                    Outcome = ReportOutcome.Failed,
                    Reasons = [.. report.Reasons, NotKnown],
                    IsCanonical = false,
                };
            }

            report = report with
            {
                Restrictions = run.Restrictions,
                RestrictsSince = run.Since,
                Unexplained = run.Unexplained,
                IsCanonical = report.IsCanonical && run.IsOfHub,
            };
            if (run.Stuck is not { } stuck) return report;
            report = NotLifted(report, stuck);
            if (stuck.Fault.Kind != FaultKind.Retry) return report;
            // What was done is told, although the function is run again.
            if (Unfinished is { } tell) await tell(report with { Meters = Meters }, cancellation);
            throw stuck;
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind != FaultKind.Retry)
        {
            return NotLifted(report, refused);
        }
    }

    private static Report NotLifted(Report report, AwsFaultException refused) => report with
    {
        Outcome = ReportOutcome.Failed,
        Reasons = [.. report.Reasons, $"restrictions were not carried out or not lifted: {refused.Fault.Reason}"],
    };
}
