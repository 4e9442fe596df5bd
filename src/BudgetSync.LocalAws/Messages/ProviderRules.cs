using System.Text;
using System.Text.Json;

namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// What providers of messages refuse, as their documentation says it (each rule names the page), apart from the code that makes the messages: the inbox asks
/// it, the tests of formats do, and so do the fakes that answer as the providers do.
/// </summary>
public static class ProviderRules
{
    /// <summary>
    /// Slack developer docs: reference/block-kit/blocks, chat.postMessage. The sum of all blocks is in none of them: it is refused from about 13,200 characters
    /// on (slackapi/bolt-js issue 2509), blocks without a text counted too, so the texts alone may have 12,000 here.
    /// </summary>
    public static IEnumerable<string> Slack(JsonElement body, bool webhook)
    {
        if (!webhook && body.Text("channel") is not { Length: > 0 }) yield return "channel_not_found";
        if (body.Text("text") is not { Length: > 0 and <= 40_000 }) yield return "msg_too_long";
        if (!body.TryGetProperty("blocks", out var blocks)) yield break;
        if (blocks.GetArrayLength() is 0 or > 50) yield return "invalid_blocks: 1 to 50";
        if (blocks.EnumerateArray().Sum(Letters) > 12_000) yield return "msg_blocks_too_long";
        foreach (var block in blocks.EnumerateArray())
        {
            switch (block.Text("type"))
            {
                case "header" when block.GetProperty("text").Text("type") != "plain_text":
                    yield return "invalid_blocks: a header is plain_text";
                    break;
                case "header":
                    if (Length(block.GetProperty("text")) is 0 or > 150) yield return "invalid_blocks: a header has 1 to 150 characters";
                    break;
                case "section":
                    if (!block.TryGetProperty("text", out var text) && !block.TryGetProperty("fields", out _))
                        yield return "invalid_blocks: a section has text or fields";
                    if (text.ValueKind == JsonValueKind.Object && Length(text) is 0 or > 3_000)
                        yield return "invalid_blocks: the text of a section has 1 to 3,000 characters";
                    if (!block.TryGetProperty("fields", out var fields)) break;
                    if (fields.GetArrayLength() is 0 or > 10) yield return "invalid_blocks: a section has 1 to 10 fields";
                    if (fields.EnumerateArray().Any(field => Length(field) is 0 or > 2_000))
                        yield return "invalid_blocks: a field has 1 to 2,000 characters";
                    break;
                default:
                    yield return $"invalid_blocks: {block.Text("type")} is a block that this test does not know";
                    break;
            }
        }
    }

    /// <summary>Teams: "Create an Incoming Webhook" (28 KB); Adaptive Cards schema explorer, version 1.4.</summary>
    public static IEnumerable<string> Teams(JsonElement body)
    {
        if (Encoding.UTF8.GetByteCount(body.GetRawText()) > 28 * 1024) yield return "the message is larger than 28 KB";
        if (body.Text("type") != "message") yield return "type is message";
        foreach (var attachment in body.GetProperty("attachments").EnumerateArray())
        {
            if (attachment.Text("contentType") != "application/vnd.microsoft.card.adaptive") yield return "contentType is that of an Adaptive Card";
            var card = attachment.GetProperty("content");
            if (card.Text("type") != "AdaptiveCard" || card.Text("version") != "1.4") yield return "content is an AdaptiveCard 1.4";
            foreach (var problem in card.GetProperty("body").EnumerateArray().SelectMany(Element)) yield return problem;
        }

        static IEnumerable<string> Element(JsonElement element) => element.Text("type") switch
        {
            "Container" when element.Text("style") is "default" or "emphasis" or "good" or "attention" or "warning" or "accent" =>
                element.GetProperty("items").EnumerateArray().SelectMany(Element),
            "RichTextBlock" => element.GetProperty("inlines").EnumerateArray()
                .Where(run => run.Text("type") != "TextRun" || run.Text("text") is not { Length: > 0 })
                .Select(run => $"{run.GetRawText()} is no TextRun with a text"),
            var other => [$"{other} is an element that this test does not know"],
        };
    }

    /// <summary>PagerDuty developer docs: "Send an Alert Event", and the OpenAPI description in its repository api-schema, reference/events-v2.</summary>
    public static IEnumerable<string> PagerDuty(JsonElement body)
    {
        if (Encoding.UTF8.GetByteCount(body.GetRawText()) > 512 * 1024) yield return "the event is larger than 512 KB";
        if (body.Text("event_action") is not ("trigger" or "acknowledge" or "resolve")) yield return "'event_action' is invalid";
        if (body.Text("dedup_key") is { Length: > 255 }) yield return "'dedup_key' has more than 255 characters";
        if (body.Text("event_action") != "trigger" && body.Text("dedup_key") is not { Length: > 0 }) yield return "'dedup_key' is missing or blank";
        if (body.Text("event_action") != "trigger") yield break;
        var payload = body.GetProperty("payload");
        if (payload.Text("summary") is not { Length: > 0 and <= 1_024 }) yield return "'payload.summary' has 1 to 1,024 characters";
        if (payload.Text("source") is not { Length: > 0 }) yield return "'payload.source' is missing or blank";
        if (payload.Text("severity") is not ("critical" or "error" or "warning" or "info")) yield return "'payload.severity' is invalid";
    }

    /// <summary>
    /// ServiceNow: 160 is in the JSON schema of an incident in api-evangelist/servicenow. For the other texts no published bound was found, so these are
    /// strict; longer values are cut there in silence.
    /// </summary>
    public static IEnumerable<string> ServiceNow(JsonElement body)
    {
        if (body.Text("short_description") is not { Length: > 0 and <= 160 }) yield return "short_description has 1 to 160 characters";
        if (body.Text("description") is not { Length: <= 2_000 }) yield return "description has at most 2,000 characters";
        if (body.Text("correlation_id") is not { Length: > 0 and <= 40 }) yield return "correlation_id has 1 to 40 characters";
        if (body.Text("urgency") is not ("1" or "2" or "3") || body.Text("impact") is not ("1" or "2" or "3")) yield return "urgency and impact are 1 to 3";
        if (body.Text("state") is "6" && (body.Text("close_code") is not { Length: > 0 } || body.Text("close_notes") is not { Length: > 0 }))
            yield return "Data Policy Exception: the following fields are mandatory: Resolution code, Resolution notes";
    }

    /// <summary>Jira Cloud: REST API v3, "Create issue"; "Atlassian Document Format".</summary>
    public static IEnumerable<string> Jira(JsonElement body)
    {
        var fields = body.GetProperty("fields");
        if (fields.GetProperty("project").Text("key") is not { Length: > 0 }) yield return "project: is required";
        if (fields.GetProperty("issuetype").Text("name") is not { Length: > 0 }) yield return "issuetype: is required";
        if (fields.Text("summary") is not { Length: > 0 and < 255 } summary) yield return "summary: must be less than 255 characters";
        else if (summary.Contains('\n')) yield return "summary: must not contain newline characters";
        foreach (var label in fields.GetProperty("labels").EnumerateArray().Select(label => label.GetString() ?? ""))
        {
            if (label.Length is 0 or > 255 || label.Any(char.IsWhiteSpace)) yield return $"labels: {label} contains spaces which is invalid";
        }

        var document = fields.GetProperty("description");
        if (document.Text("type") != "doc" || document.GetProperty("version").GetInt32() != 1) yield return "description: no Atlassian Document";
        if (document.GetRawText().Length > 32_767) yield return "description: the entered text is too long";
        foreach (var node in document.GetProperty("content").EnumerateArray().SelectMany(Nodes))
        {
            if (node.Text("text") is not { Length: > 0 }) yield return "description: a text node has at least one character";
        }

        static IEnumerable<JsonElement> Nodes(JsonElement paragraph) => paragraph.GetProperty("content").EnumerateArray();
    }

    /// <summary>
    /// CloudEvents 1.0.2, HTTP protocol binding 3: what begins otherwise is in binary mode, and has its attributes in headers, which EventBridge does not send.
    /// </summary>
    public static IEnumerable<string> CloudEventMode(string? mediaType)
    {
        if (mediaType?.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) is not true)
            yield return $"Content-Type {mediaType} is no CloudEvent in structured mode, and there is no ce-id";
    }

    /// <summary>CloudEvents 1.0.2: "Required Attributes", and what the optional ones look like.</summary>
    public static IEnumerable<string> CloudEvent(JsonElement body)
    {
        if (body.Text("specversion") != "1.0") yield return "specversion is 1.0";
        if (body.Text("id") is not { Length: > 0 }) yield return "id is a non-empty string";
        if (!Uri.TryCreate(body.Text("source"), UriKind.RelativeOrAbsolute, out _)) yield return "source is a URI reference";
        if (body.Text("type") is not { Length: > 0 }) yield return "type is a non-empty string";
        if (!body.GetProperty("time").TryGetDateTimeOffset(out _)) yield return "time is a timestamp of RFC 3339";
        if (body.EnumerateObject().Any(member => member.Name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter))))
            yield return "names of attributes are lower-case letters and digits";
    }

    /// <summary>Amazon Q Developer in chat applications: "Custom notifications", Event schema.</summary>
    public static IEnumerable<string> Chat(JsonElement body)
    {
        if (body.Text("version") != "1.0" || body.Text("source") != "custom") yield return "dropped: version is 1.0 and source is custom";
        if (body.GetProperty("content").Text("textType") != "client-markdown") yield return "dropped: textType is client-markdown";
        if (body.GetProperty("content").Text("description") is not { Length: > 0 }) yield return "dropped: there is a description";
    }

    /// <summary>A member of an object that is text; null where there is none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int Letters(JsonElement block) =>
        (block.TryGetProperty("text", out var text) ? Length(text) : 0)
            + (block.TryGetProperty("fields", out var fields) ? fields.EnumerateArray().Sum(Length) : 0);

    private static int Length(JsonElement text) => text.Text("text")?.Length ?? 0;
}
