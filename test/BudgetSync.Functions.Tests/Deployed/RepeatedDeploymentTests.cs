using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A first deployment that fails in the middle is put right and deployed again; nothing of the first attempt is in the way.</summary>
public sealed class RepeatedDeploymentTests
{
    [Fact]
    public async Task A_management_stack_that_fails_in_the_middle_can_be_deployed_again_over_the_tables()
    {
        var broken = Templates.AsCommitted with { Management = WithBadFunction(Templates.AsCommitted.Management) };
        await using var organization = new DeployedOrganization(broken);
        await organization.DeployTablesAsync();
        await Assert.ThrowsAsync<StackException>(organization.DeployManagementAsync);
        await organization.PutRowAsync($$"""{"AccountId":"{{DeployedOrganization.Spoke}}","BudgetValue":100}""");

        organization.Use(Templates.AsCommitted);
        await organization.DeployManagementAsync();
        await organization.DeployRolloutAsync();
        await organization.SettleAsync();

        // The row that was put in between is there, and was not forgotten.
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal("Applied", await organization.StateAsync(DeployedOrganization.Spoke));
    }

    [Fact]
    public async Task A_rollout_that_fails_leaves_the_hub_standing_and_can_be_deployed_again()
    {
        var broken = Templates.AsCommitted with
        {
            Rollout = Templates.AsCommitted.Rollout.Replace("\"SERVICE_MANAGED\"", "\"SELF_MANAGED\"", StringComparison.Ordinal)
        };
        await using var organization = new DeployedOrganization(broken);
        await organization.DeployTablesAsync();
        await organization.DeployManagementAsync();
        await Assert.ThrowsAsync<StackException>(organization.DeployRolloutAsync);

        organization.Use(Templates.AsCommitted);
        await organization.DeployRolloutAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{DeployedOrganization.Spoke}}","BudgetValue":100}""");
        await organization.SettleAsync();

        Assert.Equal("Applied", await organization.StateAsync(DeployedOrganization.Spoke));
    }

    // The protected table was in the way of every further attempt: a roll-back cannot delete what is protected.
    [Theory]
    [InlineData("TablesStatus")]
    [InlineData("TablesHistory")]
    [InlineData("TablesBudgets")]
    public async Task Tables_that_fail_in_the_middle_can_be_deployed_again(string failing)
    {
        await using var organization =
            new DeployedOrganization(Templates.AsCommitted with { Tables = WithBadResource(Templates.AsCommitted.Tables, failing) });
        await Assert.ThrowsAsync<StackException>(organization.DeployTablesAsync);

        organization.Use(Templates.AsCommitted);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{DeployedOrganization.Spoke}}","BudgetValue":100}""");

        Assert.Equal("Applied", await organization.StateAsync(DeployedOrganization.Spoke));
    }

    private static string WithBadFunction(string management) => WithBadResource(management, "CollectFunction");

    private static string WithBadResource(string template, string id)
    {
        var root = JsonNode.Parse(template)!;
        root["Resources"]![id]!["Properties"]!["NoSuchProperty"] = 1;
        return root.ToJsonString();
    }
}
