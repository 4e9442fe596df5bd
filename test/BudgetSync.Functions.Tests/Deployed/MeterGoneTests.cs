using BudgetSync.Core.Ai;
using static BudgetSync.Functions.Tests.Deployed.FeatureTeam;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What the hub says of an account that meters no more, or again.</summary>
public sealed class MeterGoneTests
{
    private const string Armed = """{"Default":{"Mode":"ARMED","Grace":"0m"} }""";

    /// <summary>A release without the feature gives back what was taken, and the account says that it meters no more.</summary>
    [Fact]
    public async Task Nobody_is_called_Suspended_after_the_feature_that_suspended_is_gone()
    {
        await using var team = await DeployAsync(Armed);
        await team.SpendAsync(Alice, 1.10m);
        Assert.Equal(("Suspended", false), (await team.StateAsync(Alice), team.MayCall(Alice)));

        team.Unrefer();
        team.Organization.Use(Templates.AsCommitted);
        await team.Organization.DeploySpokeAsync(DeployedOrganization.Spoke);
        // The daily apply tells.
        await team.PassAsync(TimeSpan.FromHours(26));

        Assert.True(team.MayCall(Alice));
        var report = await AiAsync(team);
        Assert.Empty(report.Lines);
        Assert.Equal(new AiRegion("us-east-1", AiLog.Blind, "the spoke does not meter models any more"), Assert.Single(report.Regions));
    }

    /// <summary>A stack that comes again tells anew, from its first look on.</summary>
    [Fact]
    public async Task A_stack_that_is_deployed_again_tells_at_once()
    {
        await using var team = await DeployAsync(Armed);
        await team.SpendAsync(Alice, 1.10m);
        team.Unrefer();
        await MeteringSpoke.DeleteAsync(team.Organization);
        await team.Organization.DeploySpokeAsync(DeployedOrganization.Spoke);
        await team.PassAsync(TimeSpan.FromMinutes(6));

        await team.SpendAsync(Alice, 1.10m);

        Assert.Equal(("Suspended", false), (await team.StateAsync(Alice), team.MayCall(Alice)));
    }

    private static async Task<AiReport> AiAsync(FeatureTeam team) => (await ForgedReports.RowAsync(team.Organization)).Ai!; // It has told.
}
