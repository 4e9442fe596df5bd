using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Ecs;

/// <summary>One service of a cluster. Its tasks come and go at once. Guarded by the service that keeps it.</summary>
public sealed class ContainerService
{
    internal ContainerService(string region, ContainerServiceDefinition definition) =>
        (Region, Definition, Desired, Tags) = (region, definition, definition.IsDaemon ? 0 : definition.Desired, definition.Tags);

    public string Region { get; }

    public ContainerServiceDefinition Definition { get; }

    /// <summary>How many tasks it should have, and has.</summary>
    public int Desired { get; internal set; }

    public ImmutableDictionary<string, string> Tags { get; internal set; }

    public string Arn => $"arn:aws:ecs:{Region}:{Definition.AccountId}:service/{(Definition.HasOldArn ? "" : Definition.Cluster + "/")}{Definition.Name}";

    public string ClusterArn => $"arn:aws:ecs:{Region}:{Definition.AccountId}:cluster/{Definition.Cluster}";
}
