using System.Globalization;
using System.Text.Json;

namespace BudgetSync.Core.Ai;

/// <summary>
/// Reads records of the model invocation log. What people wrote to a model and what it answered may stand in a record too: it is never read here, and no
/// message quotes it. <c>requestMetadata</c> is written by the caller, so nothing follows from it.
/// </summary>
public static class InvocationRecordReader
{
    private const string Type = "ModelInvocationLog";

    /// <summary>
    /// Characters of a text: no model's id or ARN is longer (Bedrock API reference, InvokeModel, modelId; IAM API reference, arnType). Whoever may write to the
    /// log writes longer ones, for which no item of a table and no event has room.
    /// </summary>
    public const int MostLetters = 2_048;

    /// <summary>
    /// Bodies may stand in a record as the caller wrote them. One that is nested deeply, or gives a member twice, must not keep its record from being counted.
    /// </summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 10_000 };

    /// <summary>Reads one record.</summary>
    /// <param name="problem">What is wrong with it, where null is answered.</param>
    public static InvocationRecord? Read(string text, out string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return Read(document.RootElement, out problem);
        }
        catch (JsonException)
        {
            problem = "is no JSON";
            return null;
        }
        catch (InvalidOperationException)
        {
            // Names are read to compare them, and one such as "\ud800" is no text.
            problem = "has a name that holds half a character (a lone surrogate)";
            return null;
        }
    }

    /// <inheritdoc cref="Read(string, out string)"/>
    public static InvocationRecord? Read(JsonElement record, out string problem)
    {
        problem = "";
        if (record.ValueKind != JsonValueKind.Object || Text(record, "schemaType") != Type)
        {
            problem = $"is no record of the model invocation log: schemaType must be {Type}";
            return null;
        }

        var problems = new List<string>();
        var requestId = Needed("requestId");
        var accountText = Needed("accountId");
        var account = AccountId.TryParse(accountText, out var id) ? id : (AccountId?)null;
        if (account is null && accountText.Length > 0) problems.Add("accountId is no account: it has 12 digits");
        if (Instant(Text(record, "timestamp")) is not { } at)
        {
            at = default;
            problems.Add("timestamp is no instant such as 2026-11-29T06:30:00Z");
        }

        var (region, operation, model) = (Needed("region"), Needed("operation"), Needed("modelId"));
        var tokens = new TokenCount(
            Count("input", "inputTokenCount"),
            Count("input", "cacheReadInputTokenCount"),
            Count("input", "cacheWriteInputTokenCount"),
            Count("output", "outputTokenCount"));
        var arn = record.TryGetProperty("identity", out var identity) && identity.ValueKind == JsonValueKind.Object ? Text(identity, "arn") : null;
        Bound("identity.arn", arn);
        Bound("errorCode", Text(record, "errorCode"));
        if (account is { } known && problems.Count == 0)
        {
            return new InvocationRecord(requestId, at, known, region, operation, model, arn ?? "", tokens)
            {
                ErrorCode = Text(record, "errorCode") ?? "",
                HasOutputCount = Member("output", "outputTokenCount") is not null,
            };
        }

        problem = string.Join("; ", problems);
        return null;

        string Needed(string name)
        {
            var text = Text(record, name) ?? "";
            if (text.Length == 0) problems.Add($"{name} is missing");
            Bound(name, text);
            return text;
        }

        void Bound(string name, string? text)
        {
            if (text?.Length > MostLetters) problems.Add($"{name} is longer than {MostLetters} characters");
        }

        // A call that failed or that counts no tokens has none of these.
        JsonElement? Member(string part, string name) =>
            record.TryGetProperty(part, out var of) && of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
                ? value
                : null;

        long Count(string part, string name)
        {
            if (Member(part, name) is not { } value) return 0;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count is >= 0 and <= TokenCount.Maximum) return count;
            problems.Add($"{part}.{name} is no number of tokens (0 to {TokenCount.Maximum})");
            return 0;
        }
    }

    /// <summary>In UTC: what has no offset would be an instant of wherever this runs.</summary>
    private static DateTimeOffset? Instant(string? text) =>
        text is not null && text.EndsWith('Z')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? JsonMember.TextOf(value) : null;
}
