using System.Collections.Immutable;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// The auto scaling groups of one region. A group without a size ends its own instances, as it does whenever it scales in, and launches others when it gets its
/// size back.
/// </summary>
public sealed class GroupStops(IAmazonAutoScaling scaling, string region, AwsCaller caller) : IStoppables
{
    private const string Service = "autoscaling";
    private const string ResourceType = "auto-scaling-group";

    public StoppableKind Kind => StoppableKind.AutoScalingGroup;

    public string Region { get; } = region;

    public int AtOnce => 1;

    public async Task<ImmutableArray<StoppableResource>> ListAsync(bool marked, CancellationToken cancellation)
    {
        var groups = await Pages.ReadAsync(
            caller,
            Service,
            "DescribeAutoScalingGroups",
            async (string? next, CancellationToken token) =>
            {
                var request = new DescribeAutoScalingGroupsRequest { MaxRecords = Limits.GroupsPage, NextToken = next };
                if (marked) request.Filters = [new Filter { Name = "tag-key", Values = [StopMark.Key] }];
                var answer = await scaling.DescribeAutoScalingGroupsAsync(request, token);
                return (answer.AutoScalingGroups, answer.NextToken);
            },
            cancellation);
        return [.. groups.Select(Read)];
    }

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) => caller.CallAsync(
        Service,
        "CreateOrUpdateTags",
        token => scaling.CreateOrUpdateTagsAsync(
            new CreateOrUpdateTagsRequest
            {
                Tags =
                [
                    .. resources.Select(group => new Tag
                    {
                        ResourceId = group.Id, ResourceType = ResourceType, Key = StopMark.Key, Value = mark.Text, PropagateAtLaunch = false,
                    }),
                ],
            },
            token),
        cancellation);

    public Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) =>
        ResizeAsync(resources, _ => GroupSizes.None, cancellation);

    public Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) =>
        ResizeAsync(resources, group => group.Mark?.Sizes ?? throw new InvalidOperationException($"{group.Arn} has no mark with sizes."), cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallAsync(
        Service,
        "DeleteTags",
        token => scaling.DeleteTagsAsync(
            new DeleteTagsRequest
            {
                Tags = [.. resources.Select(group => new Tag { ResourceId = group.Id, ResourceType = ResourceType, Key = StopMark.Key })],
            },
            token),
        cancellation);

    private async Task ResizeAsync(IReadOnlyList<StoppableResource> groups, Func<StoppableResource, GroupSizes> sizes, CancellationToken cancellation)
    {
        foreach (var group in groups)
        {
            var (minimum, desired, maximum) = sizes(group);
            var request = new UpdateAutoScalingGroupRequest
            {
                AutoScalingGroupName = group.Id,
                MinSize = minimum,
                DesiredCapacity = desired,
                MaxSize = maximum,
            };
            await caller.CallAsync(Service, "UpdateAutoScalingGroup", token => scaling.UpdateAutoScalingGroupAsync(request, token), cancellation);
        }
    }

    private StoppableResource Read(AutoScalingGroup group)
    {
        var sizes = new GroupSizes(group.MinSize ?? 0, group.DesiredCapacity ?? 0, group.MaxSize ?? 0);
        return new StoppableResource(Kind, Region, group.AutoScalingGroupName, group.AutoScalingGroupARN, Runs: sizes != GroupSizes.None)
        {
            Sizes = sizes,
            Tags = (group.Tags ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal),
        };
    }
}
