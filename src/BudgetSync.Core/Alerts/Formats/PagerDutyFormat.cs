using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// PagerDuty's Events API v2: one key opens and resolves. The routing key is none of ours: the connection adds it to the body, so that it stands in no event.
/// Source: PagerDuty's api-schema, reference/events-v2.
/// </summary>
internal static class PagerDutyFormat
{
    public static string Body(Alert alert) => CompactJson.Object(json =>
    {
        json.WriteString("event_action", alert.Phase == AlertPhase.Resolved ? "resolve" : "trigger");
        json.WriteString("dedup_key", alert.KeyWithin(ProviderLimits.PagerDutyKey));
        json.WriteString("client", "BudgetSync");
        json.Object("payload", () =>
        {
            json.WriteString("summary", Shortened.Cut($"{alert.Title}. {alert.Text}", ProviderLimits.PagerDutySummary));
            json.WriteString("source", alert.Account.Length > 0 ? alert.Account : "BudgetSync");
            json.WriteString("severity", Severity(alert.Severity));
            json.WriteString("timestamp", UtcText.Milliseconds(alert.At));
            if (alert.Budget.Length > 0) json.WriteString("component", alert.Budget);
            json.WriteString("group", "AWS Budgets");
            json.WriteString("class", alert.Kind.ToString());
            json.Object("custom_details", () =>
            {
                foreach (var fact in FactNames.Distinct(alert.Facts.Take(ProviderLimits.Facts))) json.WriteString(fact.Name, Cut(fact.Value));
                if (alert.Note is { Length: > 0 } note) json.WriteString("Note", Cut(note));
            });
        });
    });

    private static string Cut(string text) => Shortened.Cut(text, ProviderLimits.PagerDutyDetail);

    private static string Severity(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Info => "info",
        AlertSeverity.Warning => "warning",
        AlertSeverity.Critical => "error",
        _ => "critical",
    };
}
