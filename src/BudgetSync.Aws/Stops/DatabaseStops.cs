using System.Collections.Immutable;
using Amazon.RDS;
using Amazon.RDS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// The RDS database instances of one region. AWS starts again what was stopped seven days ago; while it is asked for, the next apply or look stops it again.
/// </summary>
public sealed class DatabaseStops(IAmazonRDS databases, string region, AwsCaller caller) : IStoppables
{
    private const string Service = "rds";

    /// <summary>Source: RDS user guide, "Stopping an Amazon RDS DB instance temporarily"; of clusters the Aurora user guide says the same.</summary>
    internal static readonly TimeSpan LongestStop = TimeSpan.FromDays(7);

    private readonly RdsTags tags = new(databases, caller);

    public StoppableKind Kind => StoppableKind.Database;

    public string Region { get; } = region;

    public int AtOnce => 1;

    /// <remarks>RDS filters by no tag, so all are read either way.</remarks>
    public async Task<ImmutableArray<StoppableResource>> ListAsync(bool marked, CancellationToken cancellation)
    {
        var all = await Pages.ReadAsync(
            caller,
            Service,
            "DescribeDBInstances",
            async (string? marker, CancellationToken token) =>
            {
                var answer = await databases.DescribeDBInstancesAsync(
                    new DescribeDBInstancesRequest { MaxRecords = Limits.DatabasesPage, Marker = marker }, token);
                return (answer.DBInstances, answer.Marker);
            },
            cancellation);
        return [.. all.Select(Read).Where(database => !marked || database.Mark is not null)];
    }

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) =>
        tags.MarkAsync(resources, mark, cancellation);

    public Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "StopDBInstance",
        resources,
        (database, token) => databases.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = database.Id }, token),
        cancellation);

    public Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "StartDBInstance",
        resources,
        (database, token) => databases.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = database.Id }, token),
        cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => tags.UnmarkAsync(resources, cancellation);

    private StoppableResource Read(DBInstance database)
    {
        var runs = database.DBInstanceStatus is not ("stopped" or "stopping" or "deleting" or "failed");
        return new StoppableResource(Kind, Region, database.DBInstanceIdentifier, database.DBInstanceArn, runs)
        {
            Tags = RdsTags.Read(database.TagList),
            Group = database.DBClusterIdentifier is { Length: > 0 } cluster ? cluster : null,
            CannotStop = Why(database),
            StoppedAt = !runs && database.AutomaticRestartTime is { } restart ? new DateTimeOffset(restart.ToUniversalTime()) - LongestStop : null,
        };
    }

    /// <summary>Source: the same page, "Limitations".</summary>
    private static string? Why(DBInstance database) =>
        database.ReadReplicaSourceDBInstanceIdentifier is { Length: > 0 } ? "they are read replicas"
        : database.ReadReplicaDBInstanceIdentifiers is { Count: > 0 } ? "they have read replicas"
        : database is { MultiAZ: true, Engine: not null } && database.Engine.StartsWith("sqlserver", StringComparison.Ordinal)
            ? "they are SQL Server in a Multi-AZ deployment"
        : null;
}
