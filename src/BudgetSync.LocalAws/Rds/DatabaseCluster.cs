namespace BudgetSync.LocalAws.Rds;

/// <summary>One cluster of databases.</summary>
public sealed class DatabaseCluster : DatabaseResource
{
    internal DatabaseCluster(LocalCloud cloud, string region, DatabaseClusterDefinition definition)
        : base(cloud, region, definition.Tags) => Definition = definition;

    public DatabaseClusterDefinition Definition { get; }

    public override string AccountId => Definition.AccountId;

    public override string Identifier => Definition.Identifier;

    public override string Arn => $"arn:aws:rds:{Region}:{AccountId}:cluster:{Identifier}";

    /// <summary>Why it is not stopped; null where it is.</summary>
    internal string? CannotStop => Definition switch
    {
        { Engine: "mysql" or "postgres" } => "is no Aurora DB cluster",
        { EngineMode: not "provisioned" } => $"has the engine mode {Definition.EngineMode}",
        { GlobalCluster: not null } => "is part of a global database",
        { HasReplicaElsewhere: true } => "has a cross-Region read replica",
        _ => null,
    };
}
