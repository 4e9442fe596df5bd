using static BudgetSync.Functions.Tests.Deployed.FeatureTeam;

namespace BudgetSync.Functions.Tests.Deployed;

/// <content>What single rows bring about.</content>
public sealed partial class FeatureRowTests
{
    /// <summary>Whose row watches is warned; whose row says ARMED is suspended too.</summary>
    private static async Task GraduatedAsync(string row)
    {
        await using var team = await DeployAsync(row);
        await team.SpendAsync(Alice, 0.75m);
        Assert.Equal("Warned", await team.StateAsync(Alice));
        await team.SpendAsync(Alice, 0.35m);
        await team.SpendAsync(Key, 1.10m);
        Assert.Equal(("Exceeded", "Grace"), (await team.StateAsync(Alice), await team.StateAsync(Key)));
        await team.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(("Exceeded", "Suspended"), (await team.StateAsync(Alice), await team.StateAsync(Key)));
        Assert.Equal((true, false), (team.MayCall(Alice), team.MayCall(Key)));
    }

    private static async Task AttachedAsync(string row)
    {
        await using var team = await DeployAsync(row);
        await team.SpendAsync(Role, 49);
        await team.SpendAsync(Alice, 60);
        await team.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal((true, true), (team.MayCall(Role), team.MayCall(Alice)));

        await team.SpendAsync(Role, 1);
        await team.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Equal((false, true), (team.MayCall(Role), team.MayCall(Alice)));
        var attached = team.Organization.Cloud.Iam.FindRole(DeployedOrganization.Spoke, "DataScience")!.Definition.ManagedPolicyArns; // It is the team's.
        Assert.EndsWith(":policy/BudgetSync/SuspendModels", Assert.Single(attached), StringComparison.Ordinal);
    }

    private static async Task LimitsAsync(string row)
    {
        await using var team = await DeployAsync(row);
        foreach (var principal in new[] { Alice, Key, Person, Bob }) await team.SpendAsync(principal, 6);
        await team.PassAsync(TimeSpan.FromHours(1));

        async Task<(decimal, string)> OfAsync(string principal) => ((await team.LineAsync(principal)).Limit, await team.StateAsync(principal));
        Assert.Equal((25m, "Active"), await OfAsync(Alice));
        Assert.Equal((5m, "Exceeded"), await OfAsync(Key));
        Assert.Equal((25m, "Active"), await OfAsync(Person));
        Assert.Equal((1m, "Exceeded"), await OfAsync(Bob));
    }

    /// <summary>Its members share it: neither has used it up alone.</summary>
    private static async Task PoolAsync(string row)
    {
        await using var team = await DeployAsync(row);
        await team.SpendAsync(Alice, 300);
        await team.SpendAsync(Bob, 300);
        await team.SpendAsync(Key, 199);
        await team.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal("Critical", await team.StateAsync("pool/research"));
        Assert.Equal((true, true), (team.MayCall(Alice), team.MayCall(Key)));

        await team.SpendAsync(Key, 1);
        await team.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(("Suspended", 500m), (await team.StateAsync("pool/research"), (await team.LineAsync("pool/research")).Spent));
        Assert.Equal((false, false, true), (team.MayCall(Alice), team.MayCall(Key), team.MayCall(Bob)));
    }

    /// <summary>The organization denies the account's models an hour after the limit was reached, to everybody in it.</summary>
    private static async Task CapAsync(string row)
    {
        await using var team = await DeployAsync(row, isCapped: true);
        await team.SpendAsync(Alice, 999);
        await team.PassAsync(TimeSpan.FromMinutes(90));
        Assert.True(team.MayCall(Bob));

        await team.SpendAsync(Role, 1);
        await team.PassAsync(TimeSpan.FromMinutes(50));
        Assert.True(team.MayCall(Bob));
        await team.PassAsync(TimeSpan.FromMinutes(40));

        Assert.Equal("Suspended", await team.StateAsync("account"));
        Assert.Equal((false, false), (team.MayCall(Bob), ControlledOrganization.May(team.Organization, "administrator", "bedrock:InvokeModel")));
    }

    private static async Task NewcomerAsync(string row)
    {
        await using var team = await DeployAsync(row);
        team.Join("carol");
        await team.SpendAsync("user/carol", 0.8m);

        Assert.Equal((1m, "Warned"), ((await team.LineAsync("user/carol")).Limit, await team.StateAsync("user/carol")));
    }

    /// <summary>What was too much for the default is not for the row, at once and without another call.</summary>
    private static async Task RaisedAsync(string row)
    {
        await using var team = await DeployAsync("""{"Default":{"Mode":"ARMED"} }""");
        await team.SpendAsync(Alice, 1.10m);
        await team.PassAsync(TimeSpan.FromMinutes(11));
        Assert.False(team.MayCall(Alice));

        await team.EditAsync(row);
        await team.PassAsync(TimeSpan.FromMinutes(65));

        Assert.True(team.MayCall(Alice));
        Assert.Equal((25m, "Active"), ((await team.LineAsync(Alice)).Limit, await team.StateAsync(Alice)));
    }

    private static async Task DailyAlertAsync(string row)
    {
        await using var team = await DeployAsync(row, isCapped: true);
        await team.SpendAsync(Alice, 60);
        await team.PassAsync(TimeSpan.FromMinutes(20));
        Assert.DoesNotContain(ResponseTests.Messages(team.Organization), message => message.Contains("account of", StringComparison.Ordinal));

        await team.SpendAsync(Role, 41);

        Assert.Contains(
            ResponseTests.Messages(team.Organization), message => message.Contains("has used $101.00 of $100.00 (101 %)", StringComparison.Ordinal));
        await team.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("Active", await team.StateAsync("account"));
        Assert.True(team.MayCall(Alice));
    }
}
