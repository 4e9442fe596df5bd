using System.Text.Json;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>An alert as the ledger keeps it, and as the bus carries it to a channel.</summary>
public static class AlertJson
{
    /// <summary>
    /// The event's detail; the channel's rule hands its member <c>body</c> on as it is. Of a topic, what lies in the queue when it does not take the message.
    /// </summary>
    /// <example><code>
    /// {"id":"…","dedupKey":"111122223333/team-a/2026-11/SpendState","severity":"Critical","channel":"finops","text":"…","body":{}}
    /// </code></example>
    public static string Notification(Alert alert, Channel channel) => CompactJson.Object(json =>
    {
        json.WriteString("id", alert.Id);
        json.WriteString("dedupKey", alert.DedupKey);
        json.WriteString("kind", alert.Kind.ToString());
        json.WriteString("phase", alert.Phase.ToString());
        json.WriteString("severity", alert.Severity.ToString());
        json.WriteString("channel", channel.Name);
        json.WriteString("text", ShownText.Of(alert).Text);
        if (AlertFormat.Subject(alert, channel) is { } subject) json.WriteString("subject", subject);
        var body = AlertFormat.Body(alert, channel);
        json.WritePropertyName("body");
        if (channel.Kind is ChannelKind.Email or ChannelKind.Sms) json.WriteStringValue(body);
        else json.WriteRawValue(body);
    });

    public static string Write(Alert alert) => CompactJson.Object(json =>
    {
        json.WriteString("kind", alert.Kind.ToString());
        json.WriteString("severity", alert.Severity.ToString());
        json.WriteString("phase", alert.Phase.ToString());
        json.WriteString("account", alert.Account);
        json.WriteString("budget", alert.Budget);
        json.WriteString("period", alert.Period);
        json.WriteString("level", alert.Level);
        json.WriteString("text", alert.Text);
        json.WriteString("at", alert.At);
        if (alert.AccountName is { } name) json.WriteString("accountName", name);
        if (alert.Note is { } note) json.WriteString("note", note);
        if (alert.SnoozedUntil is { } until) json.WriteString("snoozedUntil", DayText.Format(until));
        json.Array("facts", () =>
        {
            foreach (var fact in alert.Facts)
            {
                json.WriteStringValue(fact.Name);
                json.WriteStringValue(fact.Value);
            }
        });
    });

    /// <summary>Null where the text is no alert: a person has edited it.</summary>
    public static Alert? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement;
            var facts = json.GetProperty("facts").EnumerateArray().Select(fact => fact.GetString() ?? "").Chunk(2).Where(fact => fact.Length == 2);
            return new Alert(
                Enum.Parse<AlertKind>(Text("kind")),
                Enum.Parse<AlertSeverity>(Text("severity")),
                Enum.Parse<AlertPhase>(Text("phase")),
                Text("account"),
                Text("budget"),
                Text("period"),
                Text("level"),
                Text("text"),
                json.GetProperty("at").GetDateTimeOffset())
            {
                AccountName = json.TryGetProperty("accountName", out var name) ? name.GetString() : null,
                Note = json.TryGetProperty("note", out var note) ? note.GetString() : null,
                SnoozedUntil = json.TryGetProperty("snoozedUntil", out var until) ? DayText.Parse(until.GetString()) : null,
                Facts = [.. facts.Select(fact => new AlertFact(fact[0], fact[1]))],
            };

            string Text(string name) => json.GetProperty(name).GetString() ?? "";
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
