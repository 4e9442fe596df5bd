using System.Text;
using System.Text.Json;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// Slack's blocks, all of them plain text: what people have written into names and notes neither formats nor mentions a person there. Source: Slack API,
/// "Reference: blocks" and "Formatting text for app surfaces".
/// </summary>
internal static class SlackFormat
{
    public static string Body(Alert alert, Channel channel) => CompactJson.Object(json =>
    {
        if (channel.Kind == ChannelKind.Slack) json.WriteString("channel", channel.Conversation);
        // Shown in notifications, and where blocks are not.
        json.WriteString("text", Text($"{alert.Title}\n{alert.Text}", ProviderLimits.SlackText));
        json.WriteBoolean("mrkdwn", false);
        json.WriteBoolean("link_names", false);
        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("unfurl_media", false);
        json.Array("blocks", () => WriteBlocks(json, alert));
    });

    private static void WriteBlocks(Utf8JsonWriter json, Alert alert)
    {
        WriteBlock(json, "header", alert.Title, ProviderLimits.SlackHeader);
        WriteBlock(json, "section", alert.Text, ProviderLimits.SlackSection);
        foreach (var facts in alert.Facts.Take(ProviderLimits.Facts).Chunk(ProviderLimits.SlackFields))
        {
            json.Object(() =>
            {
                json.WriteString("type", "section");
                json.Array("fields", () =>
                {
                    foreach (var fact in facts) json.Object(() => WritePlain(json, $"{fact.Name}\n{fact.Value}", ProviderLimits.SlackField));
                });
            });
        }

        if (alert.Note is { Length: > 0 } note) WriteBlock(json, "section", "Note: " + Shortened.Cut(note, ProviderLimits.Note), ProviderLimits.SlackSection);
    }

    private static void WriteBlock(Utf8JsonWriter json, string type, string text, int most) => json.Object(() =>
    {
        json.WriteString("type", type);
        json.Object("text", () => WritePlain(json, text, most));
    });

    private static void WritePlain(Utf8JsonWriter json, string text, int most)
    {
        json.WriteString("type", "plain_text");
        json.WriteString("text", Text(text, most));
        json.WriteBoolean("emoji", false);
    }

    private static string Text(string text, int most) => Shortened.Cut(Mentions.Broken(text), most, Escaped);

    /// <summary>
    /// The three characters that Slack reads in every text object, <c>&lt;!channel&gt;</c> among them ("Formatting text for app surfaces", Escaping text).
    /// </summary>
    public static string Escaped(Rune rune) => rune.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => rune.ToString(),
    };
}
