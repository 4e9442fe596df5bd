using System.Collections.Immutable;
using Amazon.ECS;
using Amazon.ECS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// The ECS services of one region. A service that should have no task ends its own, as it does whenever it scales in, and begins others when it gets its size
/// back. Tasks that no service runs are nobody's to begin again, and are left alone.
/// </summary>
public sealed class ContainerStops(IAmazonECS containers, string region, AwsCaller caller) : IStoppables
{
    private const string Service = "ecs";

    public StoppableKind Kind => StoppableKind.ContainerService;

    public string Region { get; } = region;

    public int AtOnce => 1;

    /// <remarks>ECS filters by no tag, so all are read either way.</remarks>
    public async Task<ImmutableArray<StoppableResource>> ListAsync(bool marked, CancellationToken cancellation)
    {
        var clusters = await Pages.ReadAsync(
            caller,
            Service,
            "ListClusters",
            async (string? next, CancellationToken token) =>
            {
                var answer = await containers.ListClustersAsync(new ListClustersRequest { MaxResults = Limits.ContainersPage, NextToken = next }, token);
                return (answer.ClusterArns, answer.NextToken);
            },
            cancellation);
        var found = ImmutableArray.CreateBuilder<StoppableResource>();
        foreach (var cluster in clusters) found.AddRange(await ListAsync(cluster, cancellation));
        return [.. found.Where(service => !marked || service.Mark is not null)];
    }

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "TagResource",
        resources,
        (service, token) => containers.TagResourceAsync(
            new TagResourceRequest { ResourceArn = service.Arn, Tags = [new Tag { Key = StopMark.Key, Value = mark.Text }] }, token),
        cancellation);

    public Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => ResizeAsync(resources, _ => 0, cancellation);

    public Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => ResizeAsync(
        resources,
        service => service.Mark?.Tasks?.Desired ?? throw new InvalidOperationException($"{service.Arn} has no mark with a size."),
        cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "UntagResource",
        resources,
        (service, token) => containers.UntagResourceAsync(new UntagResourceRequest { ResourceArn = service.Arn, TagKeys = [StopMark.Key] }, token),
        cancellation);

    private Task ResizeAsync(IReadOnlyList<StoppableResource> resources, Func<StoppableResource, int> tasks, CancellationToken cancellation) =>
        caller.CallEachAsync(
            Service,
            "UpdateService",
            resources,
            (service, token) =>
            {
                // Nothing but the size: whatever else it has stays as it is, and no deployment begins.
                var request = new UpdateServiceRequest { Cluster = service.Id.Split('/')[0], Service = service.Arn, DesiredCount = tasks(service) };
                return containers.UpdateServiceAsync(request, token);
            },
            cancellation);

    private async Task<IEnumerable<StoppableResource>> ListAsync(string cluster, CancellationToken cancellation)
    {
        var services = await Pages.ReadAsync(
            caller,
            Service,
            "ListServices",
            async (string? next, CancellationToken token) =>
            {
                var answer = await containers.ListServicesAsync(
                    new ListServicesRequest { Cluster = cluster, MaxResults = Limits.ContainersPage, NextToken = next }, token);
                return (answer.ServiceArns, answer.NextToken);
            },
            cancellation);
        var found = new List<StoppableResource>();
        foreach (var some in services.Chunk(Limits.ServicesDescribed))
        {
            var request = new DescribeServicesRequest { Cluster = cluster, Services = [.. some], Include = ["TAGS"] };
            var answer = await caller.CallAsync(Service, "DescribeServices", token => containers.DescribeServicesAsync(request, token), cancellation);
            // What failed has gone since it was listed.
            found.AddRange((answer.Services ?? []).Select(Read));
        }

        return found;
    }

    private StoppableResource Read(Service service)
    {
        var tasks = new TaskCount(service.DesiredCount ?? 0);
        var cluster = service.ClusterArn[(service.ClusterArn.LastIndexOf('/') + 1)..];
        var runs = service.Status == "ACTIVE" && (tasks.Desired > 0 || service.SchedulingStrategy == SchedulingStrategy.DAEMON);
        return new StoppableResource(Kind, Region, $"{cluster}/{service.ServiceName}", service.ServiceArn, runs)
        {
            Tasks = tasks,
            Tags = (service.Tags ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal),
            CannotStop = Why(service),
        };
    }

    /// <summary>Source: ECS developer guide, "Amazon ECS services" (scheduling strategies) and "Amazon Resource Names (ARNs) and IDs".</summary>
    private static string? Why(Service service) =>
        service.SchedulingStrategy == SchedulingStrategy.DAEMON ? "they run one task on each instance of their cluster (DAEMON), and have no size"
        : service.ServiceArn.Split('/').Length < 3 ? "their ARNs have the old form without the cluster, and cannot be tagged"
        : null;
}
