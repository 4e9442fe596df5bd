using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests;

/// <summary>What a run of the tool came to.</summary>
internal sealed record ToolResult(int ExitCode, string Out, string Error)
{
    public JsonArray JsonArray => JsonNode.Parse(Out)?.AsArray() ?? throw new InvalidOperationException($"No JSON array: {Out}{Error}");

    public JsonObject JsonObject => JsonNode.Parse(Out)?.AsObject() ?? throw new InvalidOperationException($"No JSON object: {Out}{Error}");

    /// <summary>The object of one account in what <c>--json</c> printed.</summary>
    public JsonNode Account(string id) => JsonArray.Single(entry => (string?)entry!["accountId"] == id)!; // Not null: Single throws where there is none.

    /// <summary>The texts of an array of strings.</summary>
    // Not null: the contract of --json; a test fails here otherwise.
    public static IReadOnlyList<string> Texts(JsonNode? array) => [.. array!.AsArray().Select(text => (string)text!)];
}
