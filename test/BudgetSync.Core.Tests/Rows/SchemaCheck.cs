using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>Judges JSON by a JSON Schema, for the keywords ours uses; an unknown keyword throws, so that none is passed over.</summary>
internal sealed class SchemaCheck(string schema)
{
    private readonly JsonObject root = JsonNode.Parse(schema)!.AsObject(); // A schema is an object.

    public bool Accepts(JsonNode? value) => Accepts(root, value);

    private bool Accepts(JsonNode? schema, JsonNode? value)
    {
        if (schema is JsonValue always)
            return always.GetValue<bool>();
        var keywords = schema!.AsObject(); // Not a bool, so an object.
        return keywords.All(keyword => Holds(keywords, keyword.Key, keyword.Value!, value)); // No keyword of ours is null.
    }

    private bool Holds(JsonObject schema, string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "$schema" or "$defs" or "title" or "description" or "then" => true,
        "$ref" => Accepts(Target(rule.GetValue<string>()), value),
        "type" => (rule is JsonArray types ? types.Select(type => type!.ToString()) : [rule.ToString()]).Any(type => Is(type, value)),
        "enum" => rule.AsArray().Any(word => JsonNode.DeepEquals(word, value)),
        "anyOf" => rule.AsArray().Any(one => Accepts(one, value)),
        "not" => !Accepts(rule, value),
        "if" => !Accepts(rule, value) || Accepts(schema["then"], value),
        "properties" => value is not JsonObject map || map.All(entry => rule[entry.Key] is not { } inner || Accepts(inner, entry.Value)),
        "patternProperties" =>
            value is not JsonObject map
                || map.All(
                    entry => rule.AsObject().Where(pattern => Regex.IsMatch(entry.Key, pattern.Key)).All(pattern => Accepts(pattern.Value, entry.Value))),
        "additionalProperties" => value is not JsonObject map || map.Where(entry => !Named(schema, entry.Key)).All(entry => Accepts(rule, entry.Value)),
        "propertyNames" => value is not JsonObject map || map.All(entry => Accepts(rule, JsonValue.Create(entry.Key))),
        "required" => value is not JsonObject map || rule.AsArray().All(name => map.ContainsKey(name!.ToString())),
        "minProperties" => value is not JsonObject map || map.Count >= rule.GetValue<int>(),
        "maxProperties" => value is not JsonObject map || map.Count <= rule.GetValue<int>(),
        "items" => value is not JsonArray list || list.All(item => Accepts(rule, item)),
        "minItems" => value is not JsonArray list || list.Count >= rule.GetValue<int>(),
        "maxItems" => value is not JsonArray list || list.Count <= rule.GetValue<int>(),
        "minLength" => !Is("string", value) || value!.ToString().Length >= rule.GetValue<int>(),
        "maxLength" => !Is("string", value) || value!.ToString().Length <= rule.GetValue<int>(),
        "pattern" => !Is("string", value) || Regex.IsMatch(value!.ToString(), rule.ToString()),
        "exclusiveMinimum" => !Is("number", value) || Number(value!) > Number(rule),
        "maximum" => !Is("number", value) || Number(value!) <= Number(rule),
        _ => throw new NotSupportedException(keyword),
    };

    private static bool Named(JsonObject schema, string name) =>
        schema["properties"]?[name] is not null
            || schema["patternProperties"] is JsonObject patterns && patterns.Any(pattern => Regex.IsMatch(name, pattern.Key));

    private static bool Is(string type, JsonNode? value) => (type, value) switch
    {
        ("null", null) => true,
        ("object", JsonObject) or ("array", JsonArray) => true,
        ("string", JsonValue text) => text.GetValueKind() == System.Text.Json.JsonValueKind.String,
        ("boolean", JsonValue flag) => flag.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        ("number", JsonValue number) => number.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        ("integer", JsonValue number) => number.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.IsInteger(Number(number)),
        _ => false,
    };

    private static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private JsonNode? Target(string reference) => reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)root, (node, name) => node?[name]);
}
