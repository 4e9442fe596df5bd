using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Messages;

/// <summary>What a provider would show of a message's body; of a body that it does not know, every value with its name.</summary>
internal static class ProviderBody
{
    public const string SlackApi = "slack.com";

    public const string SlackHooks = "hooks.slack.com";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The provider at a host; the host itself where it is none of those we have channels for.</summary>
    public static string ProviderOf(string host) => host switch
    {
        SlackApi or SlackHooks => "Slack",
        "events.pagerduty.com" or "events.eu.pagerduty.com" => "PagerDuty",
        _ when host.EndsWith(".service-now.com", StringComparison.Ordinal) => "ServiceNow",
        _ when host.EndsWith(".atlassian.net", StringComparison.Ordinal) => "Jira",
        _ when host.EndsWith(".logic.azure.com", StringComparison.Ordinal) || host.EndsWith(".api.powerplatform.com", StringComparison.Ordinal) => "Teams",
        _ => host,
    };

    public static InboxMessage Of(DateTimeOffset at, string host, string body)
    {
        var provider = ProviderOf(host);
        if (Parse(body) is not { } json) return OfText(at, provider, null, body);
        // The connection's, not the message's.
        json.Remove("routing_key");
        List<string> lines;
        try
        {
            lines = provider switch
            {
                "Slack" => [.. json["blocks"]!.AsArray().SelectMany(SlackBlock)],
                "Teams" => [.. json["attachments"]![0]!["content"]!["body"]!.AsArray().SelectMany(TeamsItem)],
                "PagerDuty" => [.. PagerDuty(json)],
                "ServiceNow" => [.. ServiceNow(json)],
                "Jira" => [.. Jira(json["fields"]!)],
                _ when json["specversion"] is not null => [.. CloudEvent(json)],
                _ => [.. Values("", json)],
            };
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or NullReferenceException or ArgumentOutOfRangeException)
        {
            // Not the shape of that provider, which would refuse it; here it is shown as it is.
            lines = [.. Values("", json)];
        }

        var sender = host == SlackHooks ? "Slack webhook" : provider == host && json["specversion"] is not null ? $"CloudEvent to {host}" : provider;
        return new InboxMessage(at, sender, lines.FirstOrDefault() ?? "", [.. lines.Skip(1)], json.ToJsonString(Indented));
    }

    /// <summary>A mail, or what a topic sends to its subscribers: as they get it, quotation marks and all where a rule of EventBridge publishes.</summary>
    public static InboxMessage OfText(DateTimeOffset at, string sender, string? subject, string body)
    {
        // Amazon Q Developer shows its custom notifications by title and description.
        if (Parse(body) is { } json && json["content"] is JsonObject content && content["description"] is JsonValue description)
        {
            var (title, text) = (WebUtility.HtmlDecode(Text(content["title"])), WebUtility.HtmlDecode(Text(description)));
            return new InboxMessage(at, sender, title, Lines(text), json.ToJsonString(Indented));
        }

        var lines = Lines(body);
        var headline = subject ?? lines.FirstOrDefault() ?? "";
        // A mail of which the first line is the subject once more is not shown with it twice.
        return new InboxMessage(at, sender, headline, lines.FirstOrDefault() == headline ? [.. lines.Skip(1)] : lines, body);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Slack reads three characters as HTML does ("Formatting text for app surfaces", Escaping text).</summary>
    private static IEnumerable<string> SlackBlock(JsonNode? block)
    {
        if (block!["text"] is { } text) yield return WebUtility.HtmlDecode(Text(text["text"]));
        foreach (var field in block["fields"]?.AsArray() ?? [])
            yield return WebUtility.HtmlDecode(Text(field!["text"])).Replace("\n", ": ", StringComparison.Ordinal);
    }

    private static IEnumerable<string> TeamsItem(JsonNode? item) => item!["items"] is JsonArray items
        ? items.SelectMany(TeamsItem)
        : [string.Concat(item["inlines"]!.AsArray().Select(run => Text(run!["text"])))];

    private static IEnumerable<string> PagerDuty(JsonObject json) =>
    [
        Text(json["payload"]!["summary"]), $"{Text(json["event_action"])}, {Text(json["payload"]!["severity"])}", $"dedup_key: {Text(json["dedup_key"])}",
        .. json["payload"]!["custom_details"]!.AsObject().Select(detail => $"{detail.Key}: {Text(detail.Value)}"),
    ];

    private static IEnumerable<string> ServiceNow(JsonObject json) =>
    [
        Text(json["short_description"]), .. Text(json["description"]).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        .. json.Where(member => member.Key is "urgency" or "correlation_id" or "state").Select(member => $"{member.Key}: {Text(member.Value)}"),
    ];

    private static IEnumerable<string> Jira(JsonNode fields) =>
    [
        Text(fields["summary"]),
        .. fields["description"]!["content"]!.AsArray().Select(paragraph => string.Concat(paragraph!["content"]!.AsArray().Select(run => Text(run!["text"])))),
        $"{Text(fields["project"]?["key"])}, {Text(fields["issuetype"]?["name"])}; labels: {string.Join(", ", fields["labels"]?.AsArray().Select(Text) ?? [])}",
    ];

    /// <summary>Our own event's data; of another's, every value.</summary>
    private static IEnumerable<string> CloudEvent(JsonObject json) => json["data"] is JsonObject data && data["title"] is not null
        ?
        [
            Text(data["title"]), Text(data["text"]),
            .. (data["facts"] as JsonObject ?? []).Select(fact => $"{fact.Key}: {Text(fact.Value)}"),
            .. data["note"] is { } note ? [$"Note: {Text(note)}"] : Array.Empty<string>(), $"type: {Text(json["type"])}", $"id: {Text(json["id"])}",
        ]
        : Values("", json);

    private static IEnumerable<string> Values(string name, JsonNode? value) => value switch
    {
        JsonObject members => members.SelectMany(member => Values(name.Length == 0 ? member.Key : $"{name}.{member.Key}", member.Value)),
        JsonArray items => items.SelectMany(item => Values(name, item)),
        _ => [$"{name}: {Text(value)}"],
    };

    private static string Text(JsonNode? value) => value?.ToString() ?? "";
}
