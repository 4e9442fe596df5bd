using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// An incident. The Table API inserts and does not look at correlation_id: an import set whose transform map coalesces on it updates the incident that is
/// there, and the body serves both. Source: ServiceNow documentation, "Table API, POST /now/table/{tableName}"; a resolved incident needs a code and notes.
/// </summary>
internal static class ServiceNowFormat
{
    private const string Resolved = "6";

    public static string Body(Alert alert) => CompactJson.Object(json =>
    {
        json.WriteString("short_description", Shortened.Cut(alert.Title, ProviderLimits.ServiceNowTitle));
        json.WriteString("description", Shortened.Cut(AlertLines.Of(alert), ProviderLimits.ServiceNowText));
        json.WriteString("urgency", Rank(alert.Severity));
        json.WriteString("impact", Rank(alert.Severity));
        json.WriteString("category", "cloud cost");
        json.WriteString("correlation_id", alert.KeyWithin(ProviderLimits.ServiceNowKey));
        json.WriteString("correlation_display", "BudgetSync");
        if (alert.Phase != AlertPhase.Resolved) return;
        json.WriteString("state", Resolved);
        json.WriteString("close_code", "Resolved by caller");
        json.WriteString("close_notes", Shortened.Cut(alert.Text, ProviderLimits.ServiceNowText));
    });

    /// <summary>1 is high, 3 is low.</summary>
    private static string Rank(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Emergency => "1",
        AlertSeverity.Critical => "2",
        _ => "3",
    };
}
