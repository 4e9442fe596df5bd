using System.Text;
using System.Text.Json;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// Reads an object from outside whose members are looked up. JSON can spell half a surrogate pair ("\ud800"), which no text may hold: .NET reads it and throws
/// where a name is looked for. Such a name is refused here, with its place; in a row among others it is a problem of the row (<see cref="JsonInput.Losses"/>).
/// </summary>
internal static class WellFormedJson
{
    /// <exception cref="JsonException">It is no JSON, or has a name that is no text.</exception>
    public static JsonDocument Parse(string text, JsonDocumentOptions options = default)
    {
        var document = JsonDocument.Parse(text, options);
        try
        {
            // Half of a pair can only stand there as an escape.
            if (text.Contains("\\u", StringComparison.Ordinal)) DemandNames(Encoding.UTF8.GetBytes(text), options);
            return document;
        }
        catch (JsonException)
        {
            document.Dispose();
            throw;
        }
    }

    private static void DemandNames(byte[] bytes, JsonDocumentOptions options)
    {
        var reader = new Utf8JsonReader(
            bytes,
            new JsonReaderOptions
            {
                CommentHandling = options.CommentHandling,
                AllowTrailingCommas = options.AllowTrailingCommas,
                MaxDepth = options.MaxDepth,
            });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsText(ref reader))
                throw NotWellFormed(bytes, (int)reader.TokenStartIndex);
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonException NotWellFormed(byte[] bytes, int at)
    {
        var before = bytes.AsSpan(0, at);
        return new JsonException(
            "a name is not well-formed Unicode (half a surrogate pair); write it anew",
            null,
            before.Count((byte)'\n'),
            at - before.LastIndexOf((byte)'\n') - 1);
    }
}
