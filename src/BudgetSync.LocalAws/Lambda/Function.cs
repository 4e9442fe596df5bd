using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>A function that exists: its definition of now, who may invoke it, its log.</summary>
internal sealed class Function(FunctionDefinition definition)
{
    private readonly ConcurrentDictionary<string, JsonObject> statements = new(StringComparer.Ordinal);
    private int running;

    /// <summary>Replaced as a whole by an update; an environment of an older definition is not used again.</summary>
    public FunctionDefinition Definition { get; set; } = definition;

    public PolicyDocument? Policy { get; private set; }

    public FunctionLog Log { get; } = new();

    public void Permit(string statementId, JsonObject statement)
    {
        statements[statementId] = statement;
        Rebuild();
    }

    public void Forbid(string statementId)
    {
        statements.TryRemove(statementId, out _);
        Rebuild();
    }

    /// <summary>True: one more may run under the reserved concurrency; <see cref="Leave"/> ends it.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref running) <= (Definition.ReservedConcurrency ?? int.MaxValue)) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref running);

    private void Rebuild() =>
        Policy = statements.IsEmpty
            ? null
            : PolicyDocument.Of(statements.OrderBy(statement => statement.Key, StringComparer.Ordinal).Select(statement => statement.Value));
}
