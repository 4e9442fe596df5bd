using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Page;

/// <summary>A budget's notifications as amounts to draw, the smallest first.</summary>
public static class PageThresholds
{
    /// <summary>API reference, Notification: a percentage is 1,000,000 at most.</summary>
    private const decimal MostPercent = 1_000_000;

    /// <param name="limit">What percentages are of; null: only amounts can be drawn.</param>
    public static ImmutableArray<PageThreshold> Of(IEnumerable<Notification> notifications, decimal? limit, string currency) =>
    [
        .. notifications.Select(notification => notification.Key)
            // An alert for less than its threshold (of utilization and coverage) is no line that spending rises to.
            .Where(key => key.Comparison != ComparisonOperator.LESS_THAN)
            .Select(key => Of(key, limit, currency))
            .OfType<PageThreshold>()
            .Where(threshold => threshold.Amount > 0)
            .OrderBy(threshold => threshold.Amount)
            .ThenBy(threshold => threshold.Text, StringComparer.Ordinal),
    ];

    private static PageThreshold? Of(NotificationKey key, decimal? limit, string currency)
    {
        var forecast = key.Type == NotificationType.FORECASTED ? " forecast" : "";
        return key.ThresholdType == ThresholdType.ABSOLUTE_VALUE
                ? new PageThreshold(key.Threshold, $"{PageText.Digits(key.Threshold, currency)}{forecast}")
            : limit is { } whole && key.Threshold <= MostPercent
                ? new PageThreshold(whole * key.Threshold / 100, string.Create(CultureInfo.InvariantCulture, $"{key.Threshold:0.##} %{forecast}"))
            : null;
    }
}
