using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>Values as people read them in plans, drift and reports. Never an e-mail address: subscribers are told by kind and count.</summary>
internal static class Describe
{
    public static string Of(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Of(SpendAmount spend) => $"{Of(spend.Amount)} {spend.Unit}";

    public static string Of(DateTimeOffset? instant) => instant is { } known ? UtcText.Seconds(known) : "not set";

    /// <summary>For example <c>ACTUAL &gt; 80 %</c> or <c>FORECASTED &gt; 500 in the budget's unit</c>.</summary>
    public static string Of(NotificationKey key) => $"{key.Type} {Of(key.Comparison)} {Threshold(key.Threshold, key.ThresholdType)}";

    public static string Of(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.GREATER_THAN => ">",
        ComparisonOperator.LESS_THAN => "<",
        _ => "=",
    };

    /// <summary>For example <c>APPLY_IAM_POLICY at ACTUAL 100 %</c>.</summary>
    public static string Of(BudgetAction action) => $"{action.ActionType} at {action.NotificationType} {Threshold(action.Threshold, action.ThresholdType)}";

    /// <summary>For example <c>2 EMAIL and 1 SNS</c>.</summary>
    public static string Of(IEnumerable<Subscriber> subscribers) =>
        string.Join(
            " and ",
            subscribers.GroupBy(subscriber => subscriber.Type)
                .OrderBy(group => group.Key)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")));

    public static string Of(BudgetAmount amount) => amount switch
    {
        BudgetAmount.Fixed(var limit) => Of(limit),
        BudgetAmount.Planned(var limits) when limits.IsEmpty => "a plan of no periods",
        BudgetAmount.Planned(var limits) => string.Create(
            CultureInfo.InvariantCulture,
            $"a plan of {limits.Count} periods from {limits.Keys.First():yyyy-MM-dd} "
                + $"({string.Join(", ", limits.Values.Select(Of).Distinct().Take(AwsLimits.PlannedMonths))})"),
        BudgetAmount.AutoAdjusted(AutoAdjustType.HISTORICAL, var period) =>
            string.Create(CultureInfo.InvariantCulture, $"adjusted by AWS from {period ?? 0} past periods"),
        BudgetAmount.AutoAdjusted => "adjusted by AWS from its forecast",
        _ => throw new InvalidOperationException($"{amount.GetType()} is no case of BudgetAmount."),
    };

    private static string Threshold(decimal threshold, ThresholdType type) =>
        type == ThresholdType.PERCENTAGE ? $"{Of(threshold)} %" : $"{Of(threshold)} in the budget's unit";
}
