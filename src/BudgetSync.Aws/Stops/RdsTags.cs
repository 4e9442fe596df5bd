using System.Collections.Immutable;
using Amazon.RDS;
using Amazon.RDS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>The mark as a tag of instances and clusters of RDS, which are tagged alike, by ARN.</summary>
internal sealed class RdsTags(IAmazonRDS databases, AwsCaller caller)
{
    private const string Service = "rds";

    public static ImmutableSortedDictionary<string, string> Read(List<Tag>? tags) =>
        (tags ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal);

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "AddTagsToResource",
        resources,
        (resource, token) => databases.AddTagsToResourceAsync(
            new AddTagsToResourceRequest { ResourceName = resource.Arn, Tags = [new Tag { Key = StopMark.Key, Value = mark.Text }] }, token),
        cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "RemoveTagsFromResource",
        resources,
        (resource, token) => databases.RemoveTagsFromResourceAsync(
            new RemoveTagsFromResourceRequest { ResourceName = resource.Arn, TagKeys = [StopMark.Key] }, token),
        cancellation);
}
