using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace BudgetSync.Compat.Wire;

/// <summary>What an error answer said, from which the operation's typed exception is made.</summary>
/// <param name="Code">The error's shape name. Example: <c>NotFoundException</c>.</param>
/// <param name="Body">The whole body, for errors with more members than a message.</param>
public sealed record ErrorDetails(
    string Message,
    Exception? InnerException,
    ErrorType Type,
    string? Code,
    string RequestId,
    HttpStatusCode StatusCode,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>A string member of the error, or null.</summary>
    public string? Member(string name)
    {
        var reader = new Utf8JsonReader(Body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (JsonValues.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals(name))
                return JsonValues.HasValue(ref reader) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }
        return null;
    }
}
