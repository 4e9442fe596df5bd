using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.EC2;
using Amazon.EC2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>The EC2 instances of one region.</summary>
public sealed partial class InstanceStops(IAmazonEC2 compute, string region, AccountId account, string partition, AwsCaller caller) : IStoppables
{
    private const string Service = "ec2";

    /// <summary>EC2 writes it itself, and nobody else can (EC2 Auto Scaling user guide, "Tag Auto Scaling groups and instances").</summary>
    private const string GroupTag = "aws:autoscaling:groupName";

    public StoppableKind Kind => StoppableKind.Instance;

    public string Region { get; } = region;

    public int AtOnce => Limits.InstancesAtOnce;

    public async Task<ImmutableArray<StoppableResource>> ListAsync(bool marked, CancellationToken cancellation)
    {
        // What is ended or ending is nothing to stop.
        List<Filter> filters = [new("instance-state-name", ["pending", "running", "stopping", "stopped"])];
        if (marked) filters.Add(new Filter("tag-key", [StopMark.Key]));
        var instances = await Pages.ReadAsync(
            caller,
            Service,
            "DescribeInstances",
            async (string? next, CancellationToken token) =>
            {
                var answer = await compute.DescribeInstancesAsync(
                    new DescribeInstancesRequest { Filters = filters, MaxResults = Limits.InstancesPage, NextToken = next }, token);
                return ((answer.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []).ToList(), answer.NextToken);
            },
            cancellation);
        return [.. instances.Select(Read)];
    }

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) => caller.CallAsync(
        Service,
        "CreateTags",
        token => compute.CreateTagsAsync(new CreateTagsRequest { Resources = Ids(resources), Tags = [new Tag(StopMark.Key, mark.Text)] }, token),
        cancellation);

    public Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallAsync(
        Service, "StopInstances", token => compute.StopInstancesAsync(new StopInstancesRequest { InstanceIds = Ids(resources) }, token), cancellation);

    public Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallAsync(
        Service, "StartInstances", token => compute.StartInstancesAsync(new StartInstancesRequest { InstanceIds = Ids(resources) }, token), cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallAsync(
        Service,
        "DeleteTags",
        // Without its value, which may be another by now.
        token => compute.DeleteTagsAsync(new DeleteTagsRequest { Resources = Ids(resources), Tags = [new Tag(StopMark.Key)] }, token),
        cancellation);

    private static List<string> Ids(IReadOnlyList<StoppableResource> resources) => [.. resources.Select(resource => resource.Id)];

    private StoppableResource Read(Instance instance)
    {
        var tags = (instance.Tags ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal);
        var runs = instance.State?.Name?.Value is "pending" or "running";
        return new StoppableResource(Kind, Region, instance.InstanceId, $"arn:{partition}:ec2:{Region}:{account}:instance/{instance.InstanceId}", runs)
        {
            Tags = tags,
            Group = tags.GetValueOrDefault(GroupTag),
            CannotStop = Why(instance),
            StartedAt = instance.LaunchTime is { } launched ? new DateTimeOffset(launched.ToUniversalTime()) : null,
            StoppedAt = runs ? null : StoppedAt(instance.StateTransitionReason),
        };
    }

    /// <summary>Source: EC2 user guide, "Stop and start Amazon EC2 instances". What else EC2 refuses to stop it says when it is asked.</summary>
    private static string? Why(Instance instance) => instance.InstanceLifecycle?.Value switch
    {
        { Length: > 0 } lifecycle => $"their lifecycle is {lifecycle}",
        _ => instance.RootDeviceType?.Value == "instance-store" ? "their root is an instance store, which a stop would lose" : null,
    };

    /// <summary>For example <c>User initiated (2026-11-29 07:00:00 GMT)</c> (EC2 API reference, Instance, stateTransitionReason).</summary>
    private static DateTimeOffset? StoppedAt(string? reason) =>
        Instant().Match(reason ?? "") is { Success: true } found
        && DateTimeOffset.TryParseExact(
            found.Groups["at"].Value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    [GeneratedRegex(@"\((?<at>[0-9-]{10} [0-9:]{8}) GMT\)")]
    private static partial Regex Instant();
}
