using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What of a budget's notifications AWS has in alarm, as one level: the actual amount that says most, and a forecast that says more than it. A forecast that
/// passes its threshold after an actual amount passed a lower one is news too.
/// </summary>
/// <param name="Level">For example <c>80 % ACTUAL and 100 % FORECASTED</c>.</param>
/// <param name="Reached">All that are in alarm, each as a level.</param>
/// <param name="Text">For example <c>80 % ACTUAL: 820 USD (82.0 %) of 1,000 USD</c>.</param>
internal sealed record CrossedThresholds(AlertSeverity Severity, string Level, EquatableArray<string> Reached, string Text)
{
    /// <summary>Null where none is in alarm.</summary>
    public static CrossedThresholds? Of(EquatableSet<NotificationKey> alarms, ReportedBudget budget)
    {
        ImmutableArray<NotificationKey> actual = [.. Most(NotificationType.ACTUAL)];
        ImmutableArray<NotificationKey> told =
        [
            .. actual,
            .. Most(NotificationType.FORECASTED).Where(forecast => actual.All(spent => PercentOf(forecast, budget) > PercentOf(spent, budget))),
        ];
        if (told.IsEmpty) return null;
        var isWarning = actual.Any(spent => PercentOf(spent, budget) >= 100);
        return new CrossedThresholds(
            isWarning ? AlertSeverity.Warning : AlertSeverity.Info,
            string.Join(" and ", told.Select(Level)),
            [.. alarms.Items.Select(Level)],
            string.Join("; and ", told.Select(key => $"{Level(key)}: {AlertFacts.Of(key.Type, budget)}")));

        string Level(NotificationKey key) => AlertFacts.Threshold(key, budget.Unit);

        IEnumerable<NotificationKey> Most(NotificationType type) => alarms.Items.Where(key => key.Type == type)
            .OrderByDescending(key => Part(key, budget)).ThenByDescending(key => key).Take(1);
    }

    /// <summary>The larger part of the limit says more; of what is watched for falling, as reservations are, the smaller.</summary>
    private static decimal Part(NotificationKey key, ReportedBudget budget) =>
        key.Comparison == ComparisonOperator.LESS_THAN ? -PercentOf(key, budget) : PercentOf(key, budget);

    private static decimal PercentOf(NotificationKey key, ReportedBudget budget) =>
        key.ThresholdType == ThresholdType.PERCENTAGE ? key.Threshold
        : budget.Limit is { } limit && Statistics.Ratio(key.Threshold, limit) is { } ratio ? ratio * 100
        : 0;
}
