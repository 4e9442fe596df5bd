using System.Globalization;
using System.Text.Json;

namespace BudgetSync.Core.Ai;

/// <summary>Members of JSON that may be anything.</summary>
internal static class AiJson
{
    public static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>Half a character (a lone surrogate) is no text.</summary>
    public static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static DateTimeOffset? Time(JsonElement item, string name) =>
        Text(item, name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public static bool Flag(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static long Count(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0 ? count : 0;

    public static decimal? Amount(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var amount) ? amount : null;

    public static IEnumerable<JsonElement> Items(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public static T Word<T>(JsonElement item, string name, T otherwise)
        where T : struct, Enum =>
        Text(item, name) is { } text && !char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, out var word) && Enum.IsDefined(word) ? word : otherwise;
}
