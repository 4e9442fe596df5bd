using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>A notification, which is its own identity: type, operator, threshold as a number, threshold type. State is not part of it.</summary>
internal readonly record struct Notification(string Type, string Operator, decimal Threshold, string ThresholdType)
{
    /// <summary>Where it stands in listings: unique and stable.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Type}/{Operator}/{ThresholdType}/{Threshold:00000000000000.##############}");

    public static Notification Read(JsonObject notification) => new(
        notification.RequiredText("NotificationType"),
        notification.RequiredText("ComparisonOperator"),
        notification.Number("Threshold") ?? 0,
        notification.Text("ThresholdType") ?? "PERCENTAGE");

    /// <summary>As AWS answers it: ThresholdType is left out when it is PERCENTAGE.</summary>
    public JsonObject Write(bool isInAlarm)
    {
        var notification = new JsonObject { ["NotificationType"] = Type, ["ComparisonOperator"] = Operator, ["Threshold"] = (double)Threshold };
        if (ThresholdType != "PERCENTAGE") notification["ThresholdType"] = ThresholdType;
        notification["NotificationState"] = isInAlarm ? "ALARM" : "OK";
        return notification;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type} {Operator} {Threshold} {ThresholdType}");
}
