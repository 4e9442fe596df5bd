namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// A CloudEvent in JSON. Its id is the message's: one that comes twice has the same, as the specification wants it of a source that sends again. Source:
/// CloudEvents 1.0.2, "Required Attributes".
/// </summary>
internal static class WebhookFormat
{
    public static string Body(Alert alert) => CompactJson.Object(json =>
    {
        json.WriteString("specversion", "1.0");
        json.WriteString("id", alert.Id);
        json.WriteString("source", "urn:budgetsync");
        json.WriteString("type", $"budgetsync.alert.{alert.Phase.ToString().ToLowerInvariant()}");
        json.WriteString("subject", alert.DedupKey);
        json.WriteString("time", UtcText.Seconds(alert.At));
        json.WriteString("datacontenttype", "application/json");
        json.Object("data", () =>
        {
            json.WriteString("kind", alert.Kind.ToString());
            json.WriteString("severity", alert.Severity.ToString());
            json.WriteString("phase", alert.Phase.ToString());
            json.WriteString("level", alert.Level);
            json.WriteString("accountId", alert.Account);
            if (alert.AccountName is { } name) json.WriteString("accountName", name);
            json.WriteString("budgetName", alert.Budget);
            json.WriteString("period", alert.Period);
            json.WriteString("title", alert.Title);
            json.WriteString("text", alert.Text);
            if (alert.Note is { } note) json.WriteString("note", note);
            if (alert.SnoozedUntil is { } until) json.WriteString("snoozedUntil", DayText.Format(until));
            json.Object("facts", () =>
            {
                foreach (var fact in FactNames.Distinct(alert.Facts)) json.WriteString(fact.Name, fact.Value);
            });
        });
    });
}
