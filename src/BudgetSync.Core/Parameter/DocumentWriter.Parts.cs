using System.Globalization;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <content>Parts of a budget.</content>
internal static partial class DocumentWriter
{
    private static void WriteDetailed(Utf8JsonWriter json, Notification notification, ComparisonOperator? comparison, EquatableSet<Subscriber> common)
    {
        var key = notification.Key;
        json.WriteStartObject();
        if (comparison is not null)
            json.WriteString("ComparisonOperator", comparison.ToString());
        var emails = Emails(notification.Subscribers);
        if (!emails.SequenceEqual(Emails(common)))
            WriteEmails(json, emails);
        if (key.Type != NotificationType.ACTUAL)
            json.WriteString("NotificationType", key.Type.ToString());
        var topic = Topic(notification.Subscribers);
        if (topic != Topic(common))
            json.WriteString("SnsTopicArn", topic);
        json.WriteNumber("Threshold", NumberText.Trim(key.Threshold));
        if (key.ThresholdType != ThresholdType.PERCENTAGE)
            json.WriteString("ThresholdType", key.ThresholdType.ToString());
        json.WriteEndObject();
    }

    private static void WriteAutoAdjust(Utf8JsonWriter json, BudgetAmount.AutoAdjusted autoAdjust)
    {
        json.WriteStartObject("AutoAdjustData");
        json.WriteString("AutoAdjustType", autoAdjust.Type.ToString());
        if (autoAdjust.AdjustmentPeriod is { } periods)
        {
            json.WriteStartObject("HistoricalOptions");
            json.WriteNumber("BudgetAdjustmentPeriod", periods);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePlanned(Utf8JsonWriter json, BudgetAmount.Planned planned)
    {
        json.WriteStartObject("PlannedBudgetLimits");
        foreach (var (start, limit) in planned.Limits)
            json.WriteNumber(start.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture), NumberText.Trim(limit.Amount));
        json.WriteEndObject();
    }

    private static void WritePeriod(Utf8JsonWriter json, BudgetSettings settings)
    {
        if (settings.PeriodStart is null && settings.PeriodEnd is null)
            return;
        json.WriteStartObject("TimePeriod");
        if (settings.PeriodEnd is { } end)
            json.WriteString("End", InstantText.Format(end));
        if (settings.PeriodStart is { } start)
            json.WriteString("Start", InstantText.Format(start));
        json.WriteEndObject();
    }

    private static void WriteEmails(Utf8JsonWriter json, IEnumerable<string> emails)
    {
        json.WriteStartArray("EmailRecipients");
        foreach (var email in emails)
            json.WriteStringValue(email);
        json.WriteEndArray();
    }

    private static string? Unit(BudgetAmount amount) => amount switch
    {
        BudgetAmount.Fixed { Limit.Unit: var unit } => unit,
        BudgetAmount.Planned { Limits: var limits } => limits.Values.Select(limit => limit.Unit).FirstOrDefault(),
        _ => null,
    };
}
