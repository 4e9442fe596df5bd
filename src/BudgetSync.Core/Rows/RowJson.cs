using System.Collections.Immutable;
using System.Text.Json;

namespace BudgetSync.Core.Rows;

/// <summary>Reads a row from plain JSON, as files, examples and tests write it: <c>{"AccountId":"111122223333","BudgetValue":1500}</c>.</summary>
public static class RowJson
{
    /// <summary>The row; null when the element is not a JSON object.</summary>
    public static RowImage? ReadRow(JsonElement element) => Read(element) is RowValue.Map map ? new RowImage(map.Entries) : null;

    /// <summary>
    /// One value: string to text, number to number (its raw text), true and false to bool, array to list, object to map, null to null.
    /// A name that stands twice in an object keeps its last value, as in <see cref="JsonDocument"/>.
    /// </summary>
    public static RowValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new RowValue.Text(Decoded(() => element.GetString())),
        JsonValueKind.Number => new RowValue.Number(element.GetRawText()),
        JsonValueKind.True => new RowValue.Bool(true),
        JsonValueKind.False => new RowValue.Bool(false),
        JsonValueKind.Array => new RowValue.List([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => new RowValue.Map(Entries(element)),
        _ => new RowValue.Null(),
    };

    private static ImmutableSortedDictionary<string, RowValue> Entries(JsonElement element)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
            entries[Decoded(() => property.Name)] = Read(property.Value);
        return entries.ToImmutable();
    }

    // JSON can spell half a surrogate pair, and .NET refuses to decode it. It is handed on as one, so that the row's own rules say what is wrong.
    private static string Decoded(Func<string?> text)
    {
        try
        {
            return text() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\ud800";
        }
    }
}
