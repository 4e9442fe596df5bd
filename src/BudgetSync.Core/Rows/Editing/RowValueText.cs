using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>A value as text: the way back from what <see cref="RowJson"/> reads.</summary>
public static class RowValueText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compact JSON, numbers with the digits they have: <c>["a@example.com"]</c>. Sets are written as arrays.</summary>
    public static string Json(RowValue value) => Node(value)?.ToJsonString(Readable) ?? "null";

    /// <summary>As a person reads it: a text bare, a list of texts and numbers with commas, anything else as JSON.</summary>
    public static string Plain(RowValue value) => value switch
    {
        RowValue.Text(var text) => text,
        RowValue.TextSet { Items: { Length: > 0 } items } => string.Join(", ", items.Order(StringComparer.Ordinal)),
        RowValue.NumberSet { Items.Length: > 0 } set => string.Join(", ", Sorted(set)),
        RowValue.List { Items: { IsEmpty: false } items } when items.All(item => item is RowValue.Text or RowValue.Number) =>
            string.Join(", ", items.Select(Plain)),
        _ => Json(value),
    };

    /// <summary>A JSON node; null is JSON's null.</summary>
    public static JsonNode? Node(RowValue value) => value switch
    {
        RowValue.Text(var text) => JsonValue.Create(text),
        RowValue.Number(var number) => Number(number),
        RowValue.Bool(var flag) => JsonValue.Create(flag),
        RowValue.List { Items: var items } => new JsonArray([.. items.Select(Node)]),
        RowValue.TextSet { Items: var items } => new JsonArray([.. items.Order(StringComparer.Ordinal).Select(item => JsonValue.Create(item))]),
        RowValue.NumberSet set => new JsonArray([.. Sorted(set).Select(Number)]),
        RowValue.Map { Entries: var entries } =>
            new JsonObject(entries.Items.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Node(entry.Value)))),
        _ => null,
    };

    /// <summary>DynamoDB keeps no order in a set, and the same row is always the same text.</summary>
    private static IEnumerable<string> Sorted(RowValue.NumberSet set) =>
        set.Items.OrderBy(item => NumberText.TryRead(item, out var value, out _) ? value : decimal.MaxValue).ThenBy(item => item, StringComparer.Ordinal);

    /// <summary>All its digits: a decimal would lose some of 38, and a double more.</summary>
    private static JsonNode? Number(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonValue number && number.GetValueKind() == JsonValueKind.Number ? number : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
