using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The JSON Schema of a row, generated from the tables the reader reads by.</summary>
public static class RowSchema
{
    internal const string BudgetDefinition = "Budget";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>
    /// JSON Schema 2020-12 of a row in plain JSON (<see cref="RowJson"/>). It tells names, types and bounds of single values; rules between
    /// attributes are for <c>RowCheck</c> and the resolver.
    /// </summary>
    public static string Generate()
    {
        var properties = new JsonObject();
        foreach (var attribute in RowAttributes.All)
            properties[attribute.Name] = Described(attribute.Schema(), attribute.Meaning);
        foreach (var attribute in BudgetAttributes.All)
            properties[attribute.Name] = new JsonObject { ["$ref"] = $"#/$defs/{BudgetDefinition}/properties/{attribute.Name}" };
        var budget = new JsonObject();
        foreach (var attribute in BudgetAttributes.All)
            budget[attribute.Name] = Described(attribute.Schema(), attribute.Meaning);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A row of the BudgetSync budgets table",
            ["type"] = "object",
            ["required"] = new JsonArray(RowAttributes.Key),
            ["properties"] = properties,
            ["patternProperties"] = UserAttributes(),
            ["additionalProperties"] = false,
            // None of a budget's attributes beside Budgets.
            ["if"] = new JsonObject { ["required"] = new JsonArray(RowAttributes.Budgets) },
            ["then"] = new JsonObject
            {
                ["not"] = new JsonObject
                {
                    ["anyOf"] = new JsonArray([.. BudgetAttributes.All.Select(attribute => new JsonObject { ["required"] = new JsonArray(attribute.Name) })])
                }
            },
            ["$defs"] = new JsonObject
            {
                [BudgetDefinition] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = budget,
                    ["patternProperties"] = UserAttributes(),
                    ["additionalProperties"] = false
                },
                [ExpressionShape.Definition] = ExpressionShape.DefinitionSchema(),
            },
        };
        return schema.ToJsonString(Indented);
    }

    private static JsonObject UserAttributes() => new() { ["^" + RowAttributes.UserPrefix] = true };

    private static JsonObject Described(JsonObject schema, string meaning)
    {
        schema["description"] = meaning;
        return schema;
    }
}
