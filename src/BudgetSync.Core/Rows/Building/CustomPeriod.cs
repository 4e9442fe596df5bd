using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>The one period of a CUSTOM budget.</summary>
internal static class CustomPeriod
{
    public static void Check(BudgetDraft draft, BuildContext context, ProblemList problems)
    {
        if (draft.IsBroken("TimePeriod")) return;
        var (start, end) = draft.Period?.Value ?? new PeriodDraft(null, null);
        var path = draft.Period?.Path ?? draft.Prefix + "TimePeriod";
        if (start is null || end is null)
        {
            // Looked at alone, a row may leave the period to another.
            if (draft.Period is not null || !context.Alone)
                problems.Add(
                    RowRules.CustomPeriod,
                    path,
                    $"{(draft.Period is null ? "is missing" : start is null ? "has no Start" : "has no End")}; the period of a CUSTOM budget is its "
                        + $"TimePeriod, so write both, for example {{\"Start\":\"2026-01-15\",\"End\":\"2026-04-01\"}}");
        }
        else if (end > start.Value.AddYears(AwsLimits.CustomYears))
        {
            problems.Add(
                RowRules.CustomLength,
                path + ".End",
                $"{InstantText.Format(end.Value)} is more than {AwsLimits.CustomYears} years after the Start; write "
                    + $"{InstantText.Format(start.Value.AddYears(AwsLimits.CustomYears))} or an earlier day");
        }
    }
}
