using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>One bus with its rules and who else may put events on it.</summary>
internal sealed class EventBus(string accountId, string region, string name)
{
    public const string DefaultName = "default";

    private readonly ConcurrentDictionary<string, JsonObject> statements = new(StringComparer.Ordinal);

    public string AccountId => accountId;

    public string Region => region;

    public string Name => name;

    public string Arn { get; } = $"arn:aws:events:{region}:{accountId}:event-bus/{name}";

    public ConcurrentDictionary<string, Rule> Rules { get; } = new(StringComparer.Ordinal);

    public PolicyDocument? Policy { get; private set; }

    public string? PolicyText => Policy?.Json;

    /// <summary>Adds or replaces one statement of the bus's policy.</summary>
    public void Permit(string statementId, JsonObject statement)
    {
        statements[statementId] = statement;
        Rebuild();
    }

    /// <summary>True: the statement was there.</summary>
    public bool Forbid(string statementId)
    {
        var removed = statements.TryRemove(statementId, out _);
        Rebuild();
        return removed;
    }

    public void Replace(PolicyDocument? policy)
    {
        statements.Clear();
        foreach (var statement in policy is null ? []
            : JsonNode.Parse(policy.Json)!["Statement"] is JsonArray many ? many.Select(one => one!.AsObject())
            : [JsonNode.Parse(policy.Json)!["Statement"]!.AsObject()])
            statements[statement["Sid"]?.ToString() ?? $"statement-{statements.Count}"] = statement;
        Rebuild();
    }

    private void Rebuild() =>
        Policy = statements.IsEmpty
            ? null
            : PolicyDocument.Of(statements.OrderBy(statement => statement.Key, StringComparer.Ordinal).Select(statement => statement.Value));
}
