using System.Text.Json;
using System.Text.Unicode;

namespace BudgetSync.Aws.Hosting;

/// <summary>
/// Reads the event of an invocation in one place. Whoever may invoke a function may send it anything, and JSON can spell what no string holds (half a
/// surrogate pair), which .NET reads and throws at later, wherever that text is looked at first.
/// </summary>
public static class EventPayload
{
    /// <summary>
    /// An attribute of DynamoDB nests 32 levels deep, each of which is two in a stream record ({"M":{"a":…}}), below the members of the record itself.
    /// </summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <summary>The event; an empty payload is an empty object, as of an invocation without one.</summary>
    /// <exception cref="ArgumentException">It is no JSON, or holds text that is not well-formed Unicode. Lambda tells this to the caller.</exception>
    public static JsonDocument Read(ReadOnlyMemory<byte> payload) =>
        TryRead(payload, out var problem) ?? throw new ArgumentException($"The event cannot be read: {problem}. Send a JSON object in UTF-8.", nameof(payload));

    /// <summary>As <see cref="Read"/>; null, with the reason, where it cannot be read.</summary>
    public static JsonDocument? TryRead(ReadOnlyMemory<byte> payload, out string? problem)
    {
        problem = Utf8.IsValid(payload.Span) ? null : "it is not UTF-8";
        if (problem is not null) return null;
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(payload.IsEmpty ? "{}"u8.ToArray() : payload, Options);
            // Half of a pair can only stand there as an escape.
            if (payload.Span.IndexOf("\\u"u8) >= 0) ReadTexts(document.RootElement);
            return document;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            problem = exception is JsonException ? $"it is no JSON ({exception.Message})" : "it holds half a character (a lone surrogate)";
            return null;
        }
    }

    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) ReadTexts(item);
                break;
            case JsonValueKind.String:
                element.GetString();
                break;
            default:
                break;
        }
    }
}
