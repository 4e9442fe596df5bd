using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.EventBridge;
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

    /// <summary>
    /// Who was suspended has been given back with the stack; the event that says so reaches nobody. The hub calls nobody Suspended, and says since when nothing
    /// was told: also in the end, when it has found that the role by which it entered is gone.
    /// </summary>
    [Fact]
    public async Task Nobody_is_called_Suspended_where_the_last_report_of_a_stack_was_lost()
    {
        await using var team = await DeployAsync(Armed);
        await team.SpendAsync(Alice, 1.10m);
        team.Unrefer();
        team.Organization.Cloud.Faults.OnDeliveries(_ => new DeliveryFault.Loss());
        await MeteringSpoke.DeleteAsync(team.Organization);
        team.Organization.Cloud.Faults.Reset();
        Assert.True(team.MayCall(Alice));
        Assert.Equal("Suspended", await team.StateAsync(Alice));

        await team.PassAsync(TimeSpan.FromHours(4));
        var line = await SeenAsync(team);
        Assert.Equal("Unknown", line.StateName);
        Assert.StartsWith("its spoke has told nothing of its models since 20", line.Doubt, StringComparison.Ordinal);

        await team.PassAsync(TimeSpan.FromHours(30));
        Assert.Equal("Blocked", await team.Organization.StateAsync(DeployedOrganization.Spoke));
        Assert.Contains("deploy the spoke stack into the account", (await SeenAsync(team)).Doubt, StringComparison.Ordinal);
    }

    private static async Task<AiLine> SeenAsync(FeatureTeam team)
    {
        var row = await ForgedReports.RowAsync(team.Organization);
        return Assert.Single(AiView.Of(row, team.Organization.Clock.GetUtcNow())!.Lines, line => line.Subject.Key == Alice); // It has told.
    }

    private static async Task<AiReport> AiAsync(FeatureTeam team) => (await ForgedReports.RowAsync(team.Organization)).Ai!; // It has told.
}
