using System.Text.Json;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// A Jira issue, its description in the Atlassian Document Format, whose text nodes hold text and nothing that is read. The label of the key ties the message
/// that resolves to the one that opened, for a rule of Jira's automation. Sources: Jira Cloud REST API v3, "Create issue"; "Atlassian Document Format".
/// </summary>
internal static class JiraFormat
{
    public static string Body(Alert alert, Channel channel) =>
        Fitted.Of(part => Body(alert, channel, part), ProviderLimits.JiraDocument, static body => body.Length);

    private static string Body(Alert alert, Channel channel, int part) => CompactJson.Object(json => json.Object("fields", () =>
    {
        json.Object("project", () => json.WriteString("key", channel.Project));
        json.Object("issuetype", () => json.WriteString("name", channel.IssueType));
        json.WriteString("summary", Shortened.Cut(alert.Title, ProviderLimits.JiraSummary));
        json.Array("labels", () =>
        {
            // A label has no blanks.
            json.WriteStringValue("budgetsync");
            json.WriteStringValue($"budgetsync-{alert.KeyHash}");
            json.WriteStringValue($"budgetsync-{alert.Phase.ToString().ToLowerInvariant()}");
        });
        json.Object("description", () =>
        {
            json.WriteString("type", "doc");
            json.WriteNumber("version", 1);
            json.Array("content", () =>
            {
                WriteParagraph(json, null, alert.Text, part);
                foreach (var fact in alert.Facts.Take(ProviderLimits.Facts)) WriteParagraph(json, fact.Name, fact.Value, part);
                if (alert.Note is { Length: > 0 } note) WriteParagraph(json, "Note", Shortened.Cut(note, ProviderLimits.Note), part);
            });
        });
    }));

    private static void WriteParagraph(Utf8JsonWriter json, string? name, string text, int part) => json.Object(() =>
    {
        json.WriteString("type", "paragraph");
        json.Array("content", () =>
        {
            if (name is not null) WriteText(json, Shortened.Cut(name, ProviderLimits.JiraText / part) + ": ", strong: true);
            // A text node has at least one character (ADF, "text").
            if (text.Length > 0) WriteText(json, Shortened.Cut(text, ProviderLimits.JiraText / part), strong: false);
        });
    });

    private static void WriteText(Utf8JsonWriter json, string text, bool strong) => json.Object(() =>
    {
        json.WriteString("type", "text");
        json.WriteString("text", text);
        if (strong) json.Array("marks", () => json.Object(() => json.WriteString("type", "strong")));
    });
}
