using System.Collections.Immutable;
using Amazon.RDS;
using Amazon.RDS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// The clusters of one region that RDS knows: those of Aurora, and of DocumentDB and Neptune, whose stops are the same calls. A cluster stops and starts all of
/// its instances. AWS starts it again after seven days, as it does a single instance.
/// </summary>
public sealed class DatabaseClusterStops(IAmazonRDS databases, string region, AwsCaller caller) : IStoppables
{
    private const string Service = "rds";

    private readonly RdsTags tags = new(databases, caller);

    public StoppableKind Kind => StoppableKind.DatabaseCluster;

    public string Region { get; } = region;

    public int AtOnce => 1;

    /// <remarks>RDS filters by no tag, so all are read either way.</remarks>
    public async Task<ImmutableArray<StoppableResource>> ListAsync(bool marked, CancellationToken cancellation)
    {
        var all = await Pages.ReadAsync(
            caller,
            Service,
            "DescribeDBClusters",
            async (string? marker, CancellationToken token) =>
            {
                var answer = await databases.DescribeDBClustersAsync(
                    new DescribeDBClustersRequest { MaxRecords = Limits.DatabasesPage, Marker = marker }, token);
                return (answer.DBClusters, answer.Marker);
            },
            cancellation);
        return [.. all.Select(Read).Where(cluster => !marked || cluster.Mark is not null)];
    }

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) =>
        tags.MarkAsync(resources, mark, cancellation);

    public Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "StopDBCluster",
        resources,
        (cluster, token) => databases.StopDBClusterAsync(new StopDBClusterRequest { DBClusterIdentifier = cluster.Id }, token),
        cancellation);

    public Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "StartDBCluster",
        resources,
        (cluster, token) => databases.StartDBClusterAsync(new StartDBClusterRequest { DBClusterIdentifier = cluster.Id }, token),
        cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => tags.UnmarkAsync(resources, cancellation);

    private StoppableResource Read(DBCluster cluster)
    {
        var runs = cluster.Status is not ("stopped" or "stopping" or "deleting");
        return new StoppableResource(Kind, Region, cluster.DBClusterIdentifier, cluster.DBClusterArn, runs)
        {
            Tags = RdsTags.Read(cluster.TagList),
            CannotStop = Why(cluster),
            StoppedAt = !runs && cluster.AutomaticRestartTime is { } restart
                ? new DateTimeOffset(restart.ToUniversalTime()) - DatabaseStops.LongestStop
                : null,
        };
    }

    /// <summary>
    /// Source: Aurora user guide, "Stopping and starting an Amazon Aurora DB cluster", "Limitations", and RDS API reference, StopDBCluster
    /// ("This operation only applies to Aurora DB clusters").
    /// </summary>
    private static string? Why(DBCluster cluster) => cluster switch
    {
        { EngineMode: "serverless" } => "they are Aurora Serverless v1",
        { EngineMode: "parallelquery" } => "they are Aurora clusters of parallel queries",
        { EngineMode: "multimaster" } => "they are Aurora clusters of several writers",
        { GlobalClusterIdentifier.Length: > 0 } or { EngineMode: "global" } => "they are part of a global database",
        { ReplicationSourceIdentifier.Length: > 0 } => "they are replicas of another cluster",
        { ReadReplicaIdentifiers.Count: > 0 } => "they have replicas in other regions",
        { Engine: "mysql" or "postgres" } => "they are Multi-AZ clusters, and AWS stops clusters of Aurora alone",
        _ => null,
    };
}
