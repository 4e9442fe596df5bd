using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Rds;

/// <summary>A cluster of databases as a test or a local run wants it. Its instances are put beside it, with its name.</summary>
public sealed record DatabaseClusterDefinition(string AccountId, string Identifier)
{
    /// <summary>Null is the cloud's home region.</summary>
    public string? Region { get; init; }

    /// <summary><c>mysql</c> and <c>postgres</c> are Multi-AZ clusters.</summary>
    public string Engine { get; init; } = "aurora-postgresql";

    public string EngineMode { get; init; } = "provisioned";

    /// <summary>Of a member of a global database: which.</summary>
    public string? GlobalCluster { get; init; }

    public bool HasReplicaElsewhere { get; init; }

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;
}
