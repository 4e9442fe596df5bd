using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// The deployment's channels as its functions are told of them: <c>[{"name":"finops","kind":"Slack","perHour":20,"conversation":"C0123456789"}]</c>.
/// </summary>
public static class ChannelSettings
{
    /// <summary>The topic for operations, which every deployment has.</summary>
    public static Channel Operations { get; } = new(AlertRoute.Operations, ChannelKind.Email);

    /// <returns>The channels by name, the operations topic among them; and what is wrong.</returns>
    public static (ImmutableDictionary<string, Channel> Channels, ImmutableArray<string> Problems) Parse(string text)
    {
        var channels = ImmutableDictionary.CreateBuilder<string, Channel>(StringComparer.Ordinal);
        channels[AlertRoute.Operations] = Operations;
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var json in document.RootElement.EnumerateArray())
            {
                var channel = new Channel(json.GetProperty("name").GetString() ?? "", Enum.Parse<ChannelKind>(json.GetProperty("kind").GetString() ?? ""))
                {
                    PerHour = json.GetProperty("perHour").GetInt32(),
                    Conversation = Text(json, "conversation"),
                    Project = Text(json, "project"),
                    Digest = Text(json, "digest") is { } interval ? Enum.Parse<DigestInterval>(interval) : null,
                };
                channels[channel.Name] = Text(json, "issueType") is { } type ? channel with { IssueType = type } : channel;
            }

            return (channels.ToImmutable(), []);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            return (channels.ToImmutable(), [$"\"{text}\" is no list of channels: {wrong.Message}"]);
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
