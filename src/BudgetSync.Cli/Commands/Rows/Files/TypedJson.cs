using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Rows in DynamoDB's typed JSON, as <c>aws dynamodb scan</c> prints them: <c>{"AccountId":{"S":"111122223333"}}</c>. Source: DynamoDB API reference,
/// "AttributeValue".
/// </summary>
internal static class TypedJson
{
    /// <summary>An attribute nests 32 levels deep (DynamoDB developer guide, Quotas), each of which is two in typed JSON.</summary>
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 128 };

    /// <summary>True where an object looks like a typed item: each of its members is an object with one member that is named like a type.</summary>
    public static bool IsItem(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().Any()
        && element.EnumerateObject().All(member => TypeOf(member.Value) is not null);

    /// <summary>The row; null where the element is JSON's null.</summary>
    /// <exception cref="FormatException">It is no typed item.</exception>
    public static RowImage? Row(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : new RowImage(Entries(element));

    public static JsonObject Node(RowImage row) => Node(row.Attributes);

    private static ImmutableSortedDictionary<string, RowValue> Entries(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException("an item is a JSON object");
        var entries = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject()) entries[member.Name] = Value(member.Name, member.Value);
        return entries.ToImmutable();
    }

    private static RowValue Value(string name, JsonElement element)
    {
        if (TypeOf(element) is not { } type) throw new FormatException($"{name} is not typed as DynamoDB types it, for example {{\"S\": \"text\"}}");
        var value = element.GetProperty(type);
        return type switch
        {
            "S" => new RowValue.Text(Text(value)),
            "N" => new RowValue.Number(Text(value)),
            "BOOL" => new RowValue.Bool(value.GetBoolean()),
            "SS" => new RowValue.TextSet([.. value.EnumerateArray().Select(Text)]),
            "NS" => new RowValue.NumberSet([.. value.EnumerateArray().Select(Text)]),
            "L" => new RowValue.List([.. value.EnumerateArray().Select(item => Value(name, item))]),
            "M" => new RowValue.Map(Entries(value)),
            "NULL" => new RowValue.Null(),
            _ => new RowValue.Binary(type),
        };
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("a text is missing");

    private static string? TypeOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        var (name, count) = ("", 0);
        foreach (var member in element.EnumerateObject()) (name, count) = (member.Name, count + 1);
        return count == 1 && name is "S" or "N" or "BOOL" or "SS" or "NS" or "L" or "M" or "NULL" or "B" or "BS" ? name : null;
    }

    private static JsonObject Node(IEnumerable<KeyValuePair<string, RowValue>> entries) =>
        new(entries.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Node(entry.Value))));

    private static JsonObject Node(RowValue value) => value switch
    {
        RowValue.Text(var text) => new JsonObject { ["S"] = text },
        RowValue.Number(var number) => new JsonObject { ["N"] = number },
        RowValue.Bool(var flag) => new JsonObject { ["BOOL"] = flag },
        RowValue.TextSet { Items: var items } => new JsonObject { ["SS"] = new JsonArray([.. items.Select(item => JsonValue.Create(item))]) },
        RowValue.NumberSet { Items: var items } => new JsonObject { ["NS"] = new JsonArray([.. items.Select(item => JsonValue.Create(item))]) },
        RowValue.List { Items: var items } => new JsonObject { ["L"] = new JsonArray([.. items.Select(Node)]) },
        RowValue.Map { Entries: var entries } => new JsonObject { ["M"] = Node(entries) },
        RowValue.Binary(var type) => new JsonObject { [type] = "" },
        _ => new JsonObject { ["NULL"] = true },
    };
}
