using BudgetSync.Core.Budgets;
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

    /// <summary>Whether it is reached by amounts alone.</summary>
    /// <param name="limit">Of the same unit.</param>
    internal static bool Holds(ResponseTrigger trigger, KnownSpend known, decimal limit, SpendBounds bounds) =>
        Holds(trigger, known, limit, StateOf(known, limit, bounds));

    /// <summary>As <see cref="Holds(ResponseTrigger, KnownSpend, decimal, SpendBounds)"/>, with a forecast that counts as settled.</summary>
    internal static bool MayHold(ResponseTrigger trigger, KnownSpend known, decimal limit, SpendBounds bounds)
    {
        var state = StateOf(known, limit, bounds);
        var settled = Reaches(known.Forecast, limit, bounds.ForecastShutdownFrom) ? SpendState.Shutdown
            : Reaches(known.Forecast, limit, bounds.ForecastCriticalFrom) ? SpendState.Critical
            : SpendState.Unknown;
        return Holds(trigger, known, limit, settled > state ? settled : state);
    }

    private static bool Holds(ResponseTrigger trigger, KnownSpend known, decimal limit, SpendState state) => trigger switch
    {
        ResponseTrigger.State(var from) => state >= StateOf(from),
        ResponseTrigger.Percent(var percent, var forecasted) => Reaches(forecasted ? known.Forecast : known.Actual, limit, percent),
        ResponseTrigger.Runway(var days) => state >= SpendState.Over || (known.BurnPerDay is > 0 and { } burn && limit - known.Actual <= days * burn),
        _ => throw new InvalidOperationException($"{trigger.GetType()} is no case of ResponseTrigger."),
    };

    private static SpendState StateOf(KnownSpend known, decimal limit, SpendBounds bounds) => bounds.StateOf(
        new SpendAmount(limit, known.Unit),
        new SpendAmount(known.Actual, known.Unit),
        known.Forecast is { } forecast ? new SpendAmount(forecast, known.Unit) : null);

    /// <summary>The state of the same name.</summary>
    public static SpendState StateOf(TriggerState state) => state switch
    {
        TriggerState.OnTarget => SpendState.OnTarget,
        TriggerState.Over => SpendState.Over,
        TriggerState.Critical => SpendState.Critical,
        TriggerState.Shutdown => SpendState.Shutdown,
        _ => throw new InvalidOperationException($"{state} is no TriggerState."),
    };

    private static bool Reaches(decimal? amount, decimal? limit, decimal? percent) =>
        amount is { } known && limit is > 0 and { } most && Statistics.Ratio(known, most) is { } ratio && ratio * 100 >= percent;
}
