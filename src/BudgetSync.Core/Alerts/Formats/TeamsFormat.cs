using System.Text;
using System.Text.Json;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// An Adaptive Card 1.4 for a workflow of Teams. Its texts are TextRuns, the one element in which Markdown is not read, so that nothing needs to be escaped; a
/// mention would need an entity, and the card has none. Sources: Adaptive Cards schema explorer, TextRun ("Markdown is not supported"); Teams documentation,
/// "Create incoming webhooks with Workflows".
/// </summary>
internal static class TeamsFormat
{
    public static string Body(Alert alert) => Fitted.Of(part => Body(alert, part), ProviderLimits.TeamsBytes, Encoding.UTF8.GetByteCount);

    private static string Body(Alert alert, int part) => CompactJson.Object(json =>
    {
        json.WriteString("type", "message");
        json.Array("attachments", () => json.Object(() =>
        {
            json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
            json.WriteNull("contentUrl");
            json.Object("content", () => WriteCard(json, alert, part));
        }));
    });

    private static void WriteCard(Utf8JsonWriter json, Alert alert, int part)
    {
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.Array("body", () =>
        {
            json.Object(() =>
            {
                json.WriteString("type", "Container");
                json.WriteString("style", Style(alert));
                json.Array("items", () => WriteLine(json, (Line(alert.Title, part), true)));
            });
            WriteLine(json, (Shortened.Cut(alert.Text, ProviderLimits.TeamsText / part), false));
            foreach (var fact in alert.Facts.Take(ProviderLimits.Facts))
                WriteLine(json, (Line(fact.Name, part) + ": ", true), (Line(fact.Value, part), false));
            if (alert.Note is { Length: > 0 } note) WriteLine(json, ("Note: ", true), (Shortened.Cut(note, ProviderLimits.Note / part), false));
        });
    }

    private static void WriteLine(Utf8JsonWriter json, params (string Text, bool Bold)[] runs) => json.Object(() =>
    {
        json.WriteString("type", "RichTextBlock");
        json.Array("inlines", () =>
        {
            foreach (var (text, bold) in runs)
            {
                json.Object(() =>
                {
                    json.WriteString("type", "TextRun");
                    json.WriteString("text", text);
                    if (bold) json.WriteString("weight", "Bolder");
                });
            }
        });
    });

    private static string Line(string text, int part) => Shortened.Cut(text, ProviderLimits.TeamsFact / part);

    /// <summary>The container styles of the schema.</summary>
    private static string Style(Alert alert) => alert switch
    {
        { Phase: AlertPhase.Resolved } => "good",
        { Severity: AlertSeverity.Info } => "accent",
        { Severity: AlertSeverity.Warning } => "warning",
        _ => "attention",
    };
}
