using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BudgetSync.Core.Rows.Reading;

/// <content>Shapes of lists, objects and texts that may be either.</content>
internal static partial class Shapes
{
    public static Shape<ImmutableArray<T>> ListOf<T>(Shape<T> item, int minimum = 0) => new(
        () =>
        {
            var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
            if (minimum > 0)
                schema["minItems"] = minimum;
            return schema;
        },
        (ValueAt node, out ImmutableArray<T> value) =>
        {
            value = [];
            return node.Value is RowValue.List list ? TryReadItems(node, list.Items, item, out value) : WrongType(node, "a list (L)");
        });

    /// <summary>A map with known names, each read into the draft; a name that is not known is refused.</summary>
    public static Shape<T> Object<T>(Func<T> empty, params Field<T>[] fields)
    {
        var byName = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        return new Shape<T>(
            () => ObjectSchema(fields),
            (ValueAt node, out T value) =>
            {
                value = empty();
                if (node.Value is not RowValue.Map map)
                    return WrongType(node, "a map (M)");
                var before = node.Problems.Count;
                foreach (var (name, entry) in map.Entries)
                {
                    if (byName.TryGetValue(name, out var field))
                        value = field.Read(value, node.Entry(name, entry));
                    else
                        RefuseName(node.Entry(name, entry), name, byName.Keys);
                }

                foreach (var field in fields.Where(field => field.Required && !map.Entries.ContainsKey(field.Name)))
                    node.Refuse(RowRules.Required, $"{field.Name} is missing; add it");
                return node.Problems.Count == before;
            });
    }

    public static JsonObject ObjectSchema<T>(IEnumerable<Field<T>> fields)
    {
        var properties = new JsonObject();
        foreach (var field in fields)
            properties[field.Name] = field.Schema();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = fields.Where(field => field.Required).Select(field => JsonValue.Create(field.Name)).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required]);
        return schema;
    }

    /// <summary>Notes a name that is not known where it stands.</summary>
    /// <param name="also">More for the message's end.</param>
    public static void RefuseName(ValueAt node, string name, IEnumerable<string> known, string also = "") => node.Refuse(
        RowRules.KnownName,
        (FilterWords.WayOut(name, known) is { } filter ? $"no such attribute; {filter}"
            : ForeignNames.WayOut(name, known) is { } place ? $"no such attribute; {place}"
            : (ForeignNames.Of(name, known) ?? NearestName.Of(name, known)) is { } nearest ? $"no such attribute; did you mean {nearest}?"
            : $"no such attribute; {node.UnlessFilter("remove it, or ")}choose from {string.Join(", ", known.Order(StringComparer.Ordinal))}") + also);

    public static bool TryReadItems<T>(ValueAt node, ImmutableArray<RowValue> items, Shape<T> item, out ImmutableArray<T> value)
    {
        var before = node.Problems.Count;
        var read = ImmutableArray.CreateBuilder<T>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (item.TryRead(node.Item(i, items[i]), out var one))
                read.Add(one);
        }

        value = read.ToImmutable();
        return node.Problems.Count == before;
    }

    private static Shape<ImmutableArray<string>> Texts(bool commas) => new(
        () => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = Text.Schema() },
        (ValueAt node, out ImmutableArray<string> value) =>
        {
            value = [];
            switch (node.Value)
            {
                case RowValue.Text text when commas && !string.IsNullOrWhiteSpace(text.Value):
                    // A comma at the end is a habit of spreadsheets, not a blank entry.
                    value = [.. text.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
                    return value.Length > 0
                        || node.Refuse(RowRules.NotBlank, $"{node.Quoted} names nothing; write a value{node.UnlessFilter(" or remove the attribute")}");
                case RowValue.Text when Text.TryRead(node, out var one):
                    value = [one];
                    return true;
                case RowValue.Text:
                    return false;
                case RowValue.TextSet set:
                    return TryReadItems(node, [.. set.Items.Order(StringComparer.Ordinal).Select(item => new RowValue.Text(item))], Text, out value);
                case RowValue.List list:
                    return TryReadItems(node, list.Items, Text, out value);
                default:
                    return WrongType(node, "a list of texts");
            }
        });
}
