using BudgetSync.Core.Budgets;
using BudgetSync.Core.Page;

namespace BudgetSync.Core.Tests.Page;

public sealed class PageThresholdsTests
{
    [Fact]
    public void Notifications_are_amounts_to_draw_the_smallest_first()
    {
        Notification[] notifications =
        [
            Of(NotificationType.ACTUAL, 80, ThresholdType.PERCENTAGE),
            Of(NotificationType.FORECASTED, 110, ThresholdType.PERCENTAGE),
            Of(NotificationType.ACTUAL, 950, ThresholdType.ABSOLUTE_VALUE),
        ];

        // Of a limit of 1,200: 80 % are 960, 110 % are 1,320.
        Assert.Equal(
            [new PageThreshold(950, "950"), new PageThreshold(960, "80 %"), new PageThreshold(1_320, "110 % forecast")],
            PageThresholds.Of(notifications, 1_200, "USD").AsEnumerable());
    }

    [Fact]
    public void Without_a_limit_only_amounts_are_drawn_and_what_alerts_from_below_is_not()
    {
        Notification[] notifications =
        [
            Of(NotificationType.ACTUAL, 80, ThresholdType.PERCENTAGE),
            Of(NotificationType.ACTUAL, 500, ThresholdType.ABSOLUTE_VALUE),
            Of(NotificationType.ACTUAL, 90, ThresholdType.ABSOLUTE_VALUE, ComparisonOperator.LESS_THAN),
        ];

        Assert.Equal([new PageThreshold(500, "500")], PageThresholds.Of(notifications, null, "USD").AsEnumerable());
    }

    private static Notification Of(
        NotificationType type, decimal threshold, ThresholdType kind, ComparisonOperator comparison = ComparisonOperator.GREATER_THAN) =>
        new(new(type, comparison, threshold, kind), []);
}
