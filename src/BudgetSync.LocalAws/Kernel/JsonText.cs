using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// Reads JSON that comes from outside, also JSON inside a string of a request. What is not well-formed Unicode (bytes that are no UTF-8, half a surrogate
/// pair) is no JSON here: .NET would read it and throw later, wherever that text is looked at first.
/// </summary>
internal static class JsonText
{
    /// <summary>Deep enough for a DynamoDB item of 32 levels, each of which takes two of JSON, in a batch.</summary>
    private const int MaximumDepth = 128;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaximumDepth };
    private static readonly JsonDocumentOptions LastWins = new() { AllowDuplicateProperties = true, MaxDepth = MaximumDepth };

    /// <exception cref="JsonException">It is no well-formed JSON, or names a member twice.</exception>
    public static JsonNode? Parse(byte[] text)
    {
        if (!Utf8.IsValid(text)) throw new JsonException("It is not UTF-8.");
        try
        {
            var node = JsonNode.Parse(text, documentOptions: Strict);
            // Half of a pair can only stand there as an escape.
            if (text.AsSpan().IndexOf("\\u"u8) >= 0) ReadEscapes(text);
            return node;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc cref="Parse(byte[])"/>
    public static JsonNode? Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>As <see cref="Parse(string)"/>; of a member that is there twice the last one counts, as EventBridge reads events and patterns.</summary>
    /// <exception cref="JsonException">It is no well-formed JSON.</exception>
    public static JsonNode? ParseLastWins(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, LastWins);
            return Copy(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>Every text with an escape in it is read once: half a surrogate pair throws.</summary>
    private static void ReadEscapes(byte[] text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaximumDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString();
        }
    }

    private static JsonNode? Copy(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject()) members[member.Name] = Copy(member.Value);
                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Copy)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.Null:
                return null;
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }
}
