using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Responses;

/// <summary>Whether a response's beginning has been reached.</summary>
public static class TriggerCheck
{
    public static bool Holds(ResponseTrigger trigger, SpendStanding standing, ReportedBudget budget) => trigger switch
    {
        ResponseTrigger.State(var from) => standing.Memory.State >= StateOf(from),
        ResponseTrigger.Percent(var percent, var forecasted) => Reaches(forecasted ? standing.Memory.Forecast : standing.Memory.Actual, budget.Limit, percent),
        // What is passed already has run out.
        ResponseTrigger.Runway(var days) => standing.Memory.State >= SpendState.Over || standing.RunwayDays <= days,
        _ => throw new InvalidOperationException($"{trigger.GetType()} is no case of ResponseTrigger."),
    };

    /// <summary>The state of the same name.</summary>
    public static SpendState StateOf(TriggerState state) => state switch
    {
        TriggerState.OnTarget => SpendState.OnTarget,
        TriggerState.Over => SpendState.Over,
        TriggerState.Critical => SpendState.Critical,
        TriggerState.Shutdown => SpendState.Shutdown,
        _ => throw new InvalidOperationException($"{state} is no TriggerState."),
    };

    private static bool Reaches(decimal? amount, decimal? limit, decimal percent) =>
        amount is { } known && limit is > 0 and { } most && Statistics.Ratio(known, most) is { } ratio && ratio * 100 >= percent;
}
