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

    /// <summary>Source: RDS user guide, "Stopping an Amazon RDS DB instance temporarily".</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromDays(7);

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

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) => EachAsync(
        resources,
        "AddTagsToResource",
        (database, token) => databases.AddTagsToResourceAsync(
            new AddTagsToResourceRequest { ResourceName = database.Arn, Tags = [new Tag { Key = StopMark.Key, Value = mark.Text }] }, token),
        cancellation);

    public Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => EachAsync(
        resources,
        "StopDBInstance",
        (database, token) => databases.StopDBInstanceAsync(new StopDBInstanceRequest { DBInstanceIdentifier = database.Id }, token),
        cancellation);

    public Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => EachAsync(
        resources,
        "StartDBInstance",
        (database, token) => databases.StartDBInstanceAsync(new StartDBInstanceRequest { DBInstanceIdentifier = database.Id }, token),
        cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => EachAsync(
        resources,
        "RemoveTagsFromResource",
        (database, token) => databases.RemoveTagsFromResourceAsync(
            new RemoveTagsFromResourceRequest { ResourceName = database.Arn, TagKeys = [StopMark.Key] }, token),
        cancellation);

    private async Task EachAsync<T>(
        IReadOnlyList<StoppableResource> resources,
        string operation,
        Func<StoppableResource, CancellationToken, Task<T>> call,
        CancellationToken cancellation)
    {
        foreach (var resource in resources) await caller.CallAsync(Service, operation, token => call(resource, token), cancellation);
    }

    private StoppableResource Read(DBInstance database)
    {
        var runs = database.DBInstanceStatus is not ("stopped" or "stopping" or "deleting" or "failed");
        return new StoppableResource(Kind, Region, database.DBInstanceIdentifier, database.DBInstanceArn, runs)
        {
            Tags = (database.TagList ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal),
            CannotStop = Why(database),
            StoppedAt = !runs && database.AutomaticRestartTime is { } restart ? new DateTimeOffset(restart.ToUniversalTime()) - LongestStop : null,
        };
    }

    /// <summary>Source: the same page, "Limitations", and Aurora user guide, "Stopping and starting an Amazon Aurora DB cluster".</summary>
    private static string? Why(DBInstance database) =>
        database.DBClusterIdentifier is { Length: > 0 } ? "they belong to a cluster, and clusters are not stopped by this release"
        : database.ReadReplicaSourceDBInstanceIdentifier is { Length: > 0 } ? "they are read replicas"
        : database.ReadReplicaDBInstanceIdentifiers is { Count: > 0 } ? "they have read replicas"
        : database is { MultiAZ: true, Engine: not null } && database.Engine.StartsWith("sqlserver", StringComparison.Ordinal)
            ? "they are SQL Server in a Multi-AZ deployment"
        : null;
}
