using System.Globalization;
using System.Text.Json;

namespace BudgetSync.Core;

/// <summary>Members of an object of JSON from outside: each is what it should be, or as if it were not there.</summary>
internal static class JsonMember
{
    /// <summary>A text that is not empty.</summary>
    public static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && TextOf(value) is { Length: > 0 } text ? text : null;

    /// <summary>Half a character (a lone surrogate), of which .NET makes no text, is none.</summary>
    public static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
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
