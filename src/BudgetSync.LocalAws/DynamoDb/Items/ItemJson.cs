using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>Items to and from the JSON of the wire: <c>{"BudgetValue":{"N":"1500"}}</c>. Reading checks every rule that a value must hold by itself.</summary>
internal static partial class ItemJson
{
    private const string Invalid = "One or more parameter values were invalid: ";

    /// <exception cref="AwsException">ValidationException or SerializationException naming what is wrong.</exception>
    public static Attributes ReadItem(JsonObject json) => ReadMembers(json, 0);

    public static AttributeValue ReadValue(JsonNode? json) => ReadValue(json, 0);

    public static JsonObject Write(Attributes item)
    {
        var json = new JsonObject();
        foreach (var (name, value) in item) json[name] = Write(value);
        return json;
    }

    public static JsonObject Write(AttributeValue value) => new() { [value.Type] = WriteContent(value) };

    private static JsonNode WriteContent(AttributeValue value) => value switch
    {
        AttributeValue.S text => text.Value,
        AttributeValue.N number => number.Value.ToString(),
        AttributeValue.B binary => binary.Value.Base64,
        AttributeValue.Bool truth => truth.Value,
        AttributeValue.Null => true,
        AttributeValue.Set set => new JsonArray([.. set.Elements.Select(WriteContent)]),
        AttributeValue.L list => new JsonArray([.. list.Elements.Select(element => (JsonNode)Write(element))]),
        AttributeValue.M map => Write(map.Members),
        _ => throw new InvalidOperationException($"No JSON is known for {value.Type}."),
    };

    private static Attributes ReadMembers(JsonObject json, int depth)
    {
        var values = new Dictionary<string, AttributeValue>(json.Count, StringComparer.Ordinal);
        foreach (var (name, value) in json)
        {
            if (name.Length == 0) throw Validation("Empty attribute name");
            if (Encoding.UTF8.GetByteCount(name) >= AwsLimits.DynamoDb.AttributeNameBytes)
                throw Validation("Attribute name is too large, must be less than 65536 bytes");
            values.Add(name, ReadValue(value, depth));
        }

        return new Attributes(values);
    }

    private static AttributeValue ReadValue(JsonNode? json, int depth)
    {
        if (json is not JsonObject typed) throw Serialization("an object with one type as its only member", json);
        // SDKs may write the absent types as null.
        var present = typed.Where(member => member.Value is not null).ToList();
        if (present.Count == 0) throw Validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        if (present.Count > 1) throw Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        var (type, content) = (present[0].Key, present[0].Value!); // Nulls were left out above.
        return type switch
        {
            "S" => new AttributeValue.S(Text(content)),
            "N" => new AttributeValue.N(DynamoNumber.Parse(Text(content))),
            "B" => new AttributeValue.B(Binary(content)),
            "BOOL" => new AttributeValue.Bool(Truth(content)),
            "NULL" => Truth(content) ? new AttributeValue.Null() : throw Validation(Invalid + "Null attribute value types must have the value of true"),
            "SS" => Set("S", content, "An string set  may not be empty", element => new AttributeValue.S(Text(element))),
            "NS" => Set("N", content, "An number set  may not be empty", element => new AttributeValue.N(DynamoNumber.Parse(Text(element)))),
            "BS" => Set("B", content, "Binary sets should not be empty", element => new AttributeValue.B(Binary(element))),
            "L" => new AttributeValue.L([.. List(content).Select(element => ReadValue(element, Deeper(depth)))]),
            "M" => new AttributeValue.M(ReadMembers(content as JsonObject ?? throw Serialization("an object", content), Deeper(depth))),
            _ => throw Validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        };
    }

    private static AttributeValue.Set Set(string elementType, JsonNode content, string whenEmpty, Func<JsonNode, AttributeValue> read)
    {
        var elements = List(content).Select(element => read(element ?? throw Serialization("a string", element))).ToImmutableArray();
        if (elements.IsEmpty) throw Validation(Invalid + whenEmpty);
        if (elements.Distinct().Count() < elements.Length)
        {
            throw Validation(elementType == "S"
                ? $"{Invalid}Input collection [{string.Join(", ", elements.Cast<AttributeValue.S>().Select(element => element.Value))}] contains duplicates."
                : elementType == "N" ? "Input collection contains duplicates" : $"{Invalid}Input collection of type BS contains duplicates.");
        }

        return new AttributeValue.Set(elementType, elements);
    }

    private static int Deeper(int depth) => depth + 1 < AwsLimits.DynamoDb.NestingLevels
        ? depth + 1
        : throw Validation("Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit");

    private static JsonArray List(JsonNode content) => content as JsonArray ?? throw Serialization("a list", content);
}
