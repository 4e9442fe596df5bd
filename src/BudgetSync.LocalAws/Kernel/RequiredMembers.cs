using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>Reads members of a request, whatever protocol brought them (Query brings every number as text).</summary>
internal static class RequiredMembers
{
    /// <summary>A text member; null where it is absent.</summary>
    public static string? Optional(this JsonObject input, string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number => value.ToString(),
        _ => throw new AwsException("SerializationException", $"{name} should be a string."),
    };

    /// <exception cref="AwsException">ValidationException where it is absent.</exception>
    public static string Required(this JsonObject input, string name, string errorCode = "ValidationException") =>
        input.Optional(name) ?? throw new AwsException(errorCode, $"1 validation error detected: Value at '{name}' failed to satisfy constraint: Member must not be null");

    /// <summary>A whole number within its bounds; null where it is absent.</summary>
    public static int? Whole(this JsonObject input, string name, int least, int most, string errorCode = "ValidationException")
    {
        if (input.Optional(name) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            throw new AwsException(errorCode, $"1 validation error detected: Value '{text}' at '{name}' failed to satisfy constraint: Member must be a whole number from {least} to {most}");
        return number;
    }

    /// <summary>The objects of a list member; none where it is absent.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject input, string name) => input[name] switch
    {
        null => [],
        JsonArray items => items.Select(item => item as JsonObject ?? throw new AwsException("SerializationException", $"{name} should be a list of objects.")),
        _ => throw new AwsException("SerializationException", $"{name} should be a list."),
    };

    /// <summary>The texts of a list member; none where it is absent.</summary>
    public static IEnumerable<string> Strings(this JsonObject input, string name) => input[name] switch
    {
        null => [],
        JsonArray items => items.Select(item => item?.ToString() ?? ""),
        _ => throw new AwsException("SerializationException", $"{name} should be a list."),
    };
}
