using System.Collections.Immutable;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Status;

/// <summary>What a report says of the money of an account, given its status row: an assessment for each budget, and the events that follow.</summary>
internal static class AccountSpend
{
    /// <summary>More than all budgets of an account can say in one look; should the bus be away for days, the last ones stay.</summary>
    public const int MostUntold = 100;

    /// <summary>Spending of another budget so many days ago shows that the account is in use.</summary>
    private const int RecentDays = 2;

    /// <param name="reported">What the report says; a budget that is not among them keeps its standing.</param>
    /// <param name="history">The history table's items of the last weeks, of all budgets of the account.</param>
    /// <param name="at">When the report was made, never later than <paramref name="now"/>: stands in for the time of amounts where a report has none.</param>
    public static StatusRow Seen(
        StatusRow row,
        IEnumerable<ReportedBudget> reported,
        ImmutableArray<HistoryItem> history,
        SpendBounds bounds,
        DateTimeOffset at,
        DateTimeOffset now)
    {
        var known = row.Budgets.DistinctBy(budget => budget.Name, StringComparer.Ordinal).ToDictionary(budget => budget.Name, StringComparer.Ordinal);
        var standings = row.Spend.ToDictionary(standing => standing.BudgetName, StringComparer.Ordinal);
        var budgets = ImmutableArray.CreateBuilder<ReportedBudget>();
        var untold = row.Untold.ToList();
        foreach (var budget in reported.DistinctBy(budget => budget.Name, StringComparer.Ordinal))
        {
            var earlier = known.GetValueOrDefault(budget.Name);
            // A row from before budgets had a memory knows the state all the same: it must not be told once more.
            var before = standings.GetValueOrDefault(budget.Name)
                ?? new SpendStanding(budget.Name, SpendMemory.None with { State = earlier?.SpendState ?? SpendState.Unknown });
            var spends = row.Spend.Any(other => other.BudgetName != budget.Name && SpentLately(other.Memory, now));
            var step = Step(row, budget, earlier, before, Days(budget.Name), spends);
            // The rest has done its part: the table holds what is shown, and what the next look needs.
            budgets.Add(step.Budget with { Closed = [], Thresholds = null, UpdatedAt = null, EndsAt = null });
            standings[budget.Name] = step.Standing;
            untold.AddRange(step.Events);
        }

        return row with
        {
            Budgets = budgets.ToImmutable(),
            Spend = [.. standings.Values.OrderBy(standing => standing.BudgetName, StringComparer.Ordinal)],
            Untold = [.. untold.TakeLast(MostUntold)],
        };

        ImmutableArray<HistoryItem> Days(string name) => [.. history.Where(item => item.Key.BudgetName == name)];

        (ReportedBudget Budget, SpendStanding Standing, IEnumerable<SpendEvent> Events) Step(
            StatusRow from,
            ReportedBudget budget,
            ReportedBudget? earlier,
            SpendStanding before,
            ImmutableArray<HistoryItem> days,
            bool spends)
        {
            var asOf = budget.AsOf is { } read && read < now ? read : at;
            if (budget.Missing) return (budget with { SpendState = SpendState.Unknown }, before, []);
            if (budget.Period is not { } period) return Judged(from, budget, before, bounds);
            var look = SpendLooks.Of(budget with { AsOf = asOf }, period, days, spends);
            var assessment = SpendAssessment.Of(before.Memory, look, bounds);
            if (ReferenceEquals(assessment.Memory, before.Memory)) return (SpendLooks.Newer(budget, earlier, assessment.State), before, []);
            var standing = SpendStanding.After(before, assessment, look);
            var shown = SpendLooks.Shown(budget with { AsOf = asOf }, period, assessment);
            return (shown, standing, Events(from, shown, standing, assessment));
        }
    }

    /// <summary>An older spoke tells amounts without their period: they are judged by themselves, as before there were looks.</summary>
    private static (ReportedBudget, SpendStanding, IEnumerable<SpendEvent>) Judged(
        StatusRow row,
        ReportedBudget budget,
        SpendStanding before,
        SpendBounds bounds)
    {
        var judged = budget.Judged(bounds);
        var state = judged.SpendState;
        if (state == SpendState.Unknown || state == before.Memory.State) return (judged, before, []);
        var change = new StateChange(before.Memory.State, state);
        var after = before with { Memory = before.Memory with { State = state } };
        return (judged, after, [SpendEventJson.Changed(row, judged, after, change)]);
    }

    private static IEnumerable<SpendEvent> Events(StatusRow row, ReportedBudget budget, SpendStanding standing, SpendAssessment assessment)
    {
        if (assessment.Change is { } change) yield return SpendEventJson.Changed(row, budget, standing, change);
        foreach (var threshold in assessment.Thresholds)
        {
            yield return threshold is ThresholdChange.Cleared cleared
                ? SpendEventJson.Cleared(row, budget, standing, cleared)
                : SpendEventJson.Crossed(row, budget, standing, threshold.Threshold);
        }

        if (assessment.RunwayLevel is { } level) yield return SpendEventJson.RunningOut(row, budget, standing, level);
    }

    private static bool SpentLately(SpendMemory memory, DateTimeOffset now) =>
        memory.LastSpentOn is { } day && DateOnly.FromDateTime(now.UtcDateTime).DayNumber - day.DayNumber <= RecentDays;
}
