using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Ecs;

/// <summary>A service of ECS as a test or a local run wants it; its cluster is there with it.</summary>
public sealed record ContainerServiceDefinition(string AccountId, string Cluster, string Name)
{
    /// <summary>Null is the cloud's home region.</summary>
    public string? Region { get; init; }

    public int Desired { get; init; } = 1;

    /// <summary>It runs one task on each instance of its cluster, and has no size.</summary>
    public bool IsDaemon { get; init; }

    /// <summary>Its ARN is without the cluster, as those made before 2018 may be; such a service cannot be tagged.</summary>
    public bool HasOldArn { get; init; }

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;
}
