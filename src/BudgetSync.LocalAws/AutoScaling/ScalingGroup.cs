using System.Collections.Immutable;

namespace BudgetSync.LocalAws.AutoScaling;

/// <summary>An auto scaling group. Guarded by its service.</summary>
public sealed class ScalingGroup
{
    internal ScalingGroup(string accountId, string region, string name, string id)
    {
        (AccountId, Region, Name) = (accountId, region, name);
        Arn = $"arn:aws:autoscaling:{region}:{accountId}:autoScalingGroup:{id}:autoScalingGroupName/{name}";
    }

    public string AccountId { get; }

    public string Region { get; }

    public string Name { get; }

    public string Arn { get; }

    public int Minimum { get; internal set; }

    public int Desired { get; internal set; }

    public int Maximum { get; internal set; }

    /// <summary>Value by key, and whether new instances get the tag too.</summary>
    public ImmutableDictionary<string, (string Value, bool Propagates)> Tags { get; internal set; } =
        ImmutableDictionary<string, (string Value, bool Propagates)>.Empty;
}
