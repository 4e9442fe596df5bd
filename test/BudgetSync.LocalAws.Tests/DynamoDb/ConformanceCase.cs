using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>One call on a table that holds one item or none, and its answer; all of them are in conformance.json.</summary>
/// <param name="Item">Without its key; null for an empty table.</param>
/// <param name="Answer">The answer's body, or <c>Code: message</c> of the error.</param>
/// <param name="DynamoDbLocal">What DynamoDB Local answers where that is not the same; the file says why.</param>
internal sealed record ConformanceCase(
    string Group,
    string Name,
    JsonObject? Item,
    string Operation,
    JsonObject Request,
    JsonNode Answer,
    JsonNode? DynamoDbLocal)
{
    public static IReadOnlyList<ConformanceCase> All { get; } = Load();

    private static List<ConformanceCase> Load()
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "DynamoDb", "conformance.json")), null, new() { MaxDepth = 128 })!;
        return [.. file["cases"]!.AsArray().Select(node => new ConformanceCase(
            node!["group"]!.ToString(),
            node["name"]!.ToString(),
            (node["item"] is JsonValue name ? file["items"]![name.ToString()] : node["item"])?.AsObject(),
            node["call"]!.ToString(),
            node["request"]!.AsObject(),
            node["answer"]!,
            node["dynamoDbLocal"]))];
    }
}
