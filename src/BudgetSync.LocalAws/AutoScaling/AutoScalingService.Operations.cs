using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.AutoScaling;

/// <content>The operations, and what they ask of IAM (service authorization reference, Amazon EC2 Auto Scaling).</content>
public sealed partial class AutoScalingService
{
    private IamRequest On(AwsCall call, string? name)
    {
        lock (gate)
        {
            var group = Find(call, name);
            var arn = group?.Arn ?? $"arn:aws:autoscaling:{call.Region}:{call.AccountId}:autoScalingGroup:*:autoScalingGroupName/{name}";
            return new IamRequest($"autoscaling:{call.Operation}", arn)
                .WithResourceTags(group?.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value.Value)));
        }
    }

    private IamRequest Updating(AwsCall call)
    {
        var request = On(call, call.Input.RequiredText("AutoScalingGroupName"));
        foreach (var name in new[] { "MinSize", "MaxSize" })
        {
            if (call.Input.Whole(name) is { } size)
                request = request with { Context = request.Context.SetItem($"autoscaling:{name}", [size.ToString(CultureInfo.InvariantCulture)]) };
        }

        return request;
    }

    private IEnumerable<IamRequest> Tagging(AwsCall call, bool withValues) => call.Input.Structures("Tags")
        .GroupBy(tag => tag.Text("ResourceId"))
        .Select(ofGroup =>
        {
            var tags = ofGroup.ToImmutableSortedDictionary(tag => tag.RequiredText("Key"), tag => tag.Text("Value") ?? "", StringComparer.Ordinal);
            return withValues ? On(call, ofGroup.Key).WithRequestTags(tags) : On(call, ofGroup.Key).WithTagKeys(tags.Keys);
        });

    private JsonObject Update(AwsCall call)
    {
        lock (gate)
        {
            var group = Existing(call, call.Input.RequiredText("AutoScalingGroupName"));
            var (minimum, maximum) = (call.Input.Whole("MinSize") ?? group.Minimum, call.Input.Whole("MaxSize") ?? group.Maximum);
            if (minimum < 0 || minimum > maximum)
                throw new AwsException(ValidationCode, $"Max bound, {maximum}, must be greater than or equal to min bound, {minimum}");
            // Without a wish of its own, the desired size follows the bounds (API reference, UpdateAutoScalingGroup).
            var desired = call.Input.Whole("DesiredCapacity") ?? Math.Clamp(group.Desired, minimum, maximum);
            if (desired < minimum || desired > maximum)
                throw new AwsException(
                    ValidationCode,
                    $"Desired capacity:{desired} must be between the specified min size:{minimum} and max size:{maximum}");
            Resize(group, minimum, desired, maximum);
            return [];
        }
    }

    private JsonObject CreateOrUpdateTags(AwsCall call)
    {
        lock (gate)
        {
            foreach (var tag in Checked(call))
            {
                var group = Existing(call, tag.Text("ResourceId"));
                group.Tags = group.Tags.SetItem(tag.RequiredText("Key"), (tag.Text("Value") ?? "", tag.Flag("PropagateAtLaunch") ?? false));
            }

            return [];
        }
    }

    private JsonObject DeleteTags(AwsCall call)
    {
        lock (gate)
        {
            foreach (var tag in Checked(call))
            {
                var group = Existing(call, tag.Text("ResourceId"));
                group.Tags = group.Tags.Remove(tag.RequiredText("Key"));
            }

            return [];
        }
    }

    /// <summary>All are judged before any is written.</summary>
    private List<JsonObject> Checked(AwsCall call)
    {
        var tags = call.Input.Structures("Tags").ToList();
        foreach (var tag in tags)
        {
            if (tag.Text("ResourceType") is not (null or ResourceType))
                throw new AwsException(ValidationCode, $"ResourceType must be {ResourceType}");
            if (tag.RequiredText("Key").StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw new AwsException(ValidationCode, "Tag keys that begin with aws: are reserved for system use.");
        }

        foreach (var ofGroup in tags.GroupBy(tag => Existing(call, tag.Text("ResourceId"))))
        {
            if (ofGroup.Key.Tags.Keys.Union(ofGroup.Select(tag => tag.RequiredText("Key"))).Count() > AwsLimits.Ec2.TagsPerResource)
                throw new AwsException("LimitExceeded", $"A group has {AwsLimits.Ec2.TagsPerResource} tags at most.");
        }

        return tags;
    }

    private JsonObject Describe(AwsCall call)
    {
        lock (gate)
        {
            var size = call.Input.Whole("MaxRecords") ?? AwsLimits.ScalingGroups.Page;
            if (size is < 1 or > AwsLimits.ScalingGroups.LargestPage)
                throw new AwsException(ValidationCode, $"MaxRecords must be between 1 and {AwsLimits.ScalingGroups.LargestPage}");
            var names = call.Input.Texts("AutoScalingGroupNames").ToList();
            var filters = call.Input.Structures("Filters").Select(Filter).ToList();
            var found = groups.Values
                .Where(group => group.AccountId == call.AccountId && group.Region == call.Region)
                .Where(group => names.Count == 0 || names.Contains(group.Name))
                .Where(group => filters.TrueForAll(filter => filter(group)));
            return new Paginator($"DescribeAutoScalingGroups {call.AccountId} {call.Region}", AwsLimits.ScalingGroups.Page, "InvalidNextToken")
            {
                SizeMember = "MaxRecords",
                InvalidTokenMessage = "The NextToken value is not valid.",
            }.Answer(call.Input, "AutoScalingGroups", found, group => group.Name, Write);
        }
    }

    private Func<ScalingGroup, bool> Filter(JsonObject filter)
    {
        var (name, values) = (filter.Text("Name") ?? "", filter.Texts("Values").ToHashSet(StringComparer.Ordinal));
        return name switch
        {
            "tag-key" => group => group.Tags.Keys.Any(values.Contains),
            "tag-value" => group => group.Tags.Values.Any(tag => values.Contains(tag.Value)),
            _ when name.StartsWith("tag:", StringComparison.Ordinal) =>
                group => group.Tags.TryGetValue(name[4..], out var tag) && values.Contains(tag.Value),
            _ => throw new AwsException(ValidationCode, $"Filter name {name} is not valid"),
        };
    }

    private JsonObject Write(ScalingGroup group) => new()
    {
        ["AutoScalingGroupName"] = group.Name,
        ["AutoScalingGroupARN"] = group.Arn,
        ["MinSize"] = group.Minimum,
        ["MaxSize"] = group.Maximum,
        ["DesiredCapacity"] = group.Desired,
        ["Instances"] = new JsonArray(
        [
            .. MembersOf(group).Select(instance => new JsonObject
            {
                ["InstanceId"] = instance.Id,
                ["LifecycleState"] = "InService",
                ["HealthStatus"] = "Healthy",
                ["ProtectedFromScaleIn"] = false,
            }),
        ]),
        ["Tags"] = new JsonArray(
        [
            .. group.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new JsonObject
            {
                ["ResourceId"] = group.Name,
                ["ResourceType"] = ResourceType,
                ["Key"] = tag.Key,
                ["Value"] = tag.Value.Value,
                ["PropagateAtLaunch"] = tag.Value.Propagates,
            }),
        ]),
    };
}
