using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.AutoScaling;

/// <summary>
/// Amazon EC2 Auto Scaling just enough for groups to be scaled to zero and back. A group launches and ends its own instances at once, and replaces one that was
/// stopped: it is unhealthy to it.
/// </summary>
public sealed partial class AutoScalingService : AwsService
{
    private const string ResourceType = "auto-scaling-group";

    private readonly LocalCloud cloud;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, ScalingGroup> groups = new(StringComparer.Ordinal);
    private long nextGroup;

    internal AutoScalingService(LocalCloud cloud)
        : base("autoscaling", WireProtocol.Query)
    {
        this.cloud = cloud;
        cloud.Ec2.MemberStopped = Replace;
        Operation("DescribeAutoScalingGroups", AutoScalingShapes.Describe, _ => [new IamRequest("autoscaling:DescribeAutoScalingGroups", "*")], Describe);
        Operation("UpdateAutoScalingGroup", AutoScalingShapes.Update, call => [Updating(call)], Update);
        Operation("CreateOrUpdateTags", AutoScalingShapes.Tags, call => Tagging(call, withValues: true), CreateOrUpdateTags);
        Operation("DeleteTags", AutoScalingShapes.Tags, call => Tagging(call, withValues: false), DeleteTags);
    }

    public override string ValidationCode => "ValidationError";

    public override string XmlNamespace => "http://autoscaling.amazonaws.com/doc/2011-01-01/";

    public IReadOnlyList<ScalingGroup> Groups
    {
        get
        {
            lock (gate) return [.. groups.Values];
        }
    }

    /// <summary>Creates a group, which launches its instances.</summary>
    /// <param name="region">Null is the cloud's home region.</param>
    public ScalingGroup PutGroup(
        string accountId, string name, int minimum, int desired, int maximum, ImmutableDictionary<string, string>? tags = null, string? region = null)
    {
        lock (gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{++nextGroup:x12}");
            var group = new ScalingGroup(accountId, region ?? cloud.Options.Region, name, id)
            {
                Tags = (tags ?? ImmutableDictionary<string, string>.Empty).ToImmutableDictionary(tag => tag.Key, tag => (tag.Value, true)),
            };
            groups.Add(Key(accountId, group.Region, name), group);
            Resize(group, minimum, desired, maximum);
            return group;
        }
    }

    /// <summary>The instances of a group that are not ended.</summary>
    public IReadOnlyList<Ec2Instance> MembersOf(ScalingGroup group) =>
    [
        .. cloud.Ec2.Instances.Where(instance => instance.Group == group.Name && instance.Region == group.Region
            && instance.Definition.AccountId == group.AccountId && instance.State != InstanceState.Terminated),
    ];

    /// <summary>What a person, a policy or a schedule makes a group.</summary>
    public void Resize(ScalingGroup group, int minimum, int desired, int maximum)
    {
        lock (gate)
        {
            (group.Minimum, group.Desired, group.Maximum) = (minimum, desired, maximum);
            var members = MembersOf(group);
            foreach (var surplus in members.Skip(desired)) cloud.Ec2.Terminate(surplus);
            for (var missing = Math.Min(desired, AwsLimits.ScalingGroups.Instances) - members.Count; missing > 0; missing--) Launch(group);
        }
    }

    private static string Key(string accountId, string region, string name) => $"{accountId}/{region}/{name}";

    private ScalingGroup? Find(AwsCall call, string? name) => name is null ? null : groups.GetValueOrDefault(Key(call.AccountId, call.Region, name));

    private ScalingGroup Existing(AwsCall call, string? name) => Find(call, name)
        ?? throw new AwsException(ValidationCode, $"AutoScalingGroup name not found - {name}");

    private void Launch(ScalingGroup group) => cloud.Ec2.Run(new InstanceDefinition(group.AccountId)
    {
        Region = group.Region,
        Tags = group.Tags.Where(tag => tag.Value.Propagates)
            .ToImmutableDictionary(tag => tag.Key, tag => tag.Value.Value)
            .Add(Ec2Service.GroupTag, group.Name),
    });

    private void Replace(Ec2Instance stopped)
    {
        lock (gate)
        {
            if (!groups.TryGetValue(Key(stopped.Definition.AccountId, stopped.Region, stopped.Group ?? ""), out var group)) return;
            cloud.Ec2.Terminate(stopped);
            Resize(group, group.Minimum, group.Desired, group.Maximum);
        }
    }
}
