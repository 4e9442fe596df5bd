using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Rds;

/// <summary>A database instance as a test or a local run wants it.</summary>
public sealed record DatabaseDefinition(string AccountId, string Identifier)
{
    /// <summary>Null is the cloud's home region.</summary>
    public string? Region { get; init; }

    public string Engine { get; init; } = "postgres";

    public bool IsMultiAz { get; init; }

    /// <summary>Of a read replica: what it is one of.</summary>
    public string? ReplicaOf { get; init; }

    /// <summary>Of an instance of a cluster: which.</summary>
    public string? Cluster { get; init; }

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;
}
