using System.Globalization;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.AutoScaling;
using BudgetSync.LocalAws.Ec2;

namespace BudgetSync.Cli.Commands.Local.Responses;

/// <summary>What runs in each account of <c>local --responses</c>, and can be stopped: an instance, and an auto scaling group of two.</summary>
internal sealed class RunningResources(LocalCloud cloud)
{
    private readonly List<(Ec2Instance Instance, ScalingGroup Group)> resources = [];

    public void Begin(IEnumerable<string> accounts)
    {
        foreach (var account in accounts.Order(StringComparer.Ordinal))
            resources.Add((cloud.Ec2.Run(new InstanceDefinition(account)), cloud.AutoScaling.PutGroup(account, "web", 1, 2, 4)));
    }

    /// <summary>What runs of what an account has: <c>3 of 3</c>; "" where it has nothing.</summary>
    public string Running(string account)
    {
        if (resources.Find(one => one.Instance.Definition.AccountId == account) is not ({ } instance, { } group)) return "";
        var runs = instance.State is InstanceState.Running or InstanceState.Pending ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{runs + group.Desired} of 3");
    }
}
