namespace BudgetSync.LocalAws.Rds;

/// <summary>One database instance. One of a cluster runs while its cluster does.</summary>
public sealed class Database : DatabaseResource
{
    private readonly DatabaseCluster? cluster;

    internal Database(LocalCloud cloud, string region, DatabaseDefinition definition, DatabaseCluster? cluster)
        : base(cloud, region, definition.Tags) => (Definition, this.cluster) = (definition, cluster);

    public DatabaseDefinition Definition { get; }

    public override string AccountId => Definition.AccountId;

    public override string Identifier => Definition.Identifier;

    public override string Arn => $"arn:aws:rds:{Region}:{AccountId}:db:{Identifier}";

    public override string Status => cluster?.Status ?? base.Status;
}
