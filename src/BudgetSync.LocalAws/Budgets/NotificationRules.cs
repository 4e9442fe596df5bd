using System.Globalization;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which notifications suit a budget (API reference, Notification; UG "Creating a budget").</summary>
internal static class NotificationRules
{
    /// <summary>The largest threshold in percent (API reference, Notification.Threshold).</summary>
    public const decimal MaximumPercentage = 1_000_000;

    public static void Validate(BudgetTerms terms, Notification notification)
    {
        ValidatePercentage(notification.Threshold, notification.ThresholdType);
        ValidateForecast(terms, notification.Type);
        if (!terms.CountsCostOrUsage && notification.Operator != "LESS_THAN")
            throw BudgetErrors.Invalid($"A notification of a {terms.Type} budget compares with LESS_THAN, not {notification.Operator}.");
    }

    public static void ValidatePercentage(decimal threshold, string thresholdType)
    {
        if (thresholdType == "PERCENTAGE" && threshold > MaximumPercentage)
            throw BudgetErrors.Invalid($"Threshold: at most {MaximumPercentage.ToString(CultureInfo.InvariantCulture)} percent.");
    }

    public static void ValidateForecast(BudgetTerms terms, string notificationType)
    {
        if (notificationType != "FORECASTED") return;
        if (!terms.CountsCostOrUsage) throw BudgetErrors.Invalid($"A {terms.Type} budget has no forecast to notify about; use ACTUAL.");
        if (terms.TimeUnit == "DAILY") throw BudgetErrors.Invalid("A DAILY budget has no forecast to notify about; use ACTUAL.");
    }
}
