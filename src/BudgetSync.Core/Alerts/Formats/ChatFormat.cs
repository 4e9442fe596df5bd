using System.Text;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// A custom notification of Amazon Q Developer in chat applications; any other shape is dropped silently. Its description is read as Markdown by the chat, so
/// the characters that format become ones that look like them. Source: its administrator guide, "Custom notifications", Event schema.
/// </summary>
internal static class ChatFormat
{
    public static string Body(Alert alert) => CompactJson.Object(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteString("source", "custom");
        // Not our own, which has the budget's name in it: it is not said whether a chat shows it.
        json.WriteString("id", $"{alert.KeyHash}/{alert.Phase}/{alert.At.ToUnixTimeSeconds()}");
        json.Object("content", () =>
        {
            json.WriteString("textType", "client-markdown");
            json.WriteString("title", Plain(alert.Title, ProviderLimits.ChatTitle));
            json.WriteString("description", Plain(AlertLines.Of(alert), ProviderLimits.ChatText));
        });
        json.Object("metadata", () =>
        {
            json.WriteString("threadId", alert.KeyHash);
            json.WriteString("summary", Plain(alert.Title, ProviderLimits.ChatTitle));
            json.WriteString("eventType", $"BudgetSync {alert.Kind}");
        });
    });

    private static string Plain(string text, int most) => Shortened.Cut(Mentions.Broken(text), most, Unformatted);

    private static string Unformatted(Rune rune) => rune.Value switch
    {
        '*' => "\u2217",
        '_' => "\uFF3F",
        '~' => "\u223C",
        '`' => "\u02CB",
        '|' => "\u2223",
        '[' => "\uFF3B",
        ']' => "\uFF3D",
        '#' => "\uFF03",
        _ => SlackFormat.Escaped(rune),
    };
}
