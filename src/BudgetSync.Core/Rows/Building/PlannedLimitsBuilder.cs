using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>
/// Puts planned limits together. Whether the first period is the current one depends on the day and is for AWS to say:
/// nothing here reads a clock, so that the same row always means the same budget.
/// </summary>
internal static class PlannedLimitsBuilder
{
    public static BudgetAmount? Planned(
        Located<ImmutableArray<PlannedDraft>> given,
        BudgetDraft draft,
        BudgetType type,
        string unit,
        TimeUnit timeUnit,
        ProblemList problems)
    {
        if (timeUnit is not (TimeUnit.MONTHLY or TimeUnit.QUARTERLY))
        {
            problems.Add(
                RowRules.PlannedTimeUnit,
                given.Path,
                $"a {timeUnit} budget cannot be planned; write MONTHLY or QUARTERLY in TimeUnit, or BudgetValue");
            return null;
        }

        var before = problems.Count;
        var months = timeUnit == TimeUnit.MONTHLY ? 1 : 3;
        var period = timeUnit == TimeUnit.MONTHLY ? "month" : "quarter";
        foreach (var limit in given.Value)
        {
            if (limit.Start.TimeOfDay != TimeSpan.Zero || limit.Start.Day != 1 || (limit.Start.Month - 1) % months != 0)
                problems.Add(
                    RowRules.PlannedStart,
                    limit.Path,
                    $"{InstantText.Format(limit.Start)} is not the start of a {period} in UTC; write for example {(months == 1 ? "2026-02" : "2026-Q2")}");
            if (limit.Unit is not null && limit.Unit != unit)
                problems.Add(
                    RowRules.PlannedUnit,
                    limit.Path,
                    $"{ValueAt.Quote(limit.Unit)} differs from the budget's unit {ValueAt.Quote(unit)}; write the unit once, in Unit");
            AmountBuilder.CheckDecimals(limit.Amount, type, limit.Path, problems);
        }

        if (problems.Count == before)
            CheckSequence(given, draft.Period?.Value.End, months, period, problems);
        return problems.Count == before
            ? new BudgetAmount.Planned(given.Value.ToImmutableSortedDictionary(limit => limit.Start, limit => new SpendAmount(limit.Amount, unit)))
            : null;
    }

    private static void CheckSequence(Located<ImmutableArray<PlannedDraft>> given, DateTimeOffset? end, int months, string period, ProblemList problems)
    {
        var limits = given.Value;
        for (var i = 1; i < limits.Length; i++)
        {
            if (limits[i].Start != limits[i - 1].Start.AddMonths(months))
                problems.Add(
                    RowRules.PlannedGap,
                    limits[i].Path,
                    $"does not follow {InstantText.Format(limits[i - 1].Start)}; write each {period} once, without a gap");
        }

        var wanted = months == 1 ? AwsLimits.PlannedMonths : AwsLimits.PlannedQuarters;
        var endsWithPlan = end is not null && end > limits[^1].Start && end <= limits[^1].Start.AddMonths(months);
        if (limits.Length > wanted || (limits.Length < wanted && !endsWithPlan))
            problems.Add(
                RowRules.PlannedCount,
                given.Path,
                $"{limits.Length} {period}s; write {wanted}, from the current one on, or fewer with a TimePeriod.End in the last of them");
        else if (end <= limits[^1].Start)
            problems.Add(RowRules.PlannedCount, limits[^1].Path, $"begins after the budget's end, {InstantText.Format(end.Value)}; remove it");
    }
}
