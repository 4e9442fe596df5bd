using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A spoke that comes late, comes twice, and goes.</summary>
public sealed class SpokeLifeTests
{
    private const string Spoke = DeployedOrganization.Spoke;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task A_row_from_before_its_spoke_is_applied_when_the_stack_is_there_without_anybody_touching_it(int daysBefore)
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await MoveAsync(organization, organization.Members, organization.UncoveredUnit);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":1500.50}""");
        // Whoever was tried in vain for days is tried once a day only.
        await organization.PassAsync(TimeSpan.FromDays(daysBefore));
        Assert.Equal("Blocked", await organization.StateAsync(Spoke));
        var before = organization.Clock.GetUtcNow();

        await MoveAsync(organization, organization.UncoveredUnit, organization.Members);

        Assert.Equal("Applied", await organization.StateAsync(Spoke));
        Assert.Equal(["SpokeAccountBudget"], await organization.BudgetNamesAsync(Spoke));
        Assert.InRange(organization.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_spoke_outside_the_home_region_is_refused_by_the_templates_rule()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);

        var refused = await Assert.ThrowsAsync<StackException>(() => organization.DeploySpokeAsync(Spoke, region: "eu-west-1", homeRegion: "us-east-1"));

        Assert.Contains("BudgetSync lives in one region of an account, its home region", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_spoke_in_another_region_of_the_account_is_refused_and_the_first_goes_on()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();

        var refused = await Assert.ThrowsAsync<StackException>(() => organization.DeploySpokeAsync(Spoke, region: "eu-west-1", homeRegion: "eu-west-1"));

        Assert.Contains("role/BudgetSyncSpokeRole already exists", refused.Message, StringComparison.Ordinal);
        Assert.Contains("deployed in another region", refused.Message, StringComparison.Ordinal);
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":7}""");
        Assert.Equal("Applied", await organization.StateAsync(Spoke));
    }

    [Fact]
    public async Task A_spoke_that_goes_takes_our_budgets_along_and_nothing_else()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.CreateForeignBudgetAsync(Spoke, "Foreign");
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","Budgets":[{"BudgetName":"One","BudgetValue":1},{"BudgetName":"Two","BudgetValue":2}]}""");
        Assert.Equal(["Foreign", "One", "Two"], await organization.BudgetNamesAsync(Spoke));

        await MoveAsync(organization, organization.Members, organization.UncoveredUnit);

        Assert.Null(organization.Cloud.CloudFormation.Find(Spoke, "us-east-1", DeployedOrganization.SpokeStack));
        Assert.Equal(["Foreign"], await organization.BudgetNamesAsync(Spoke));
        Assert.Empty(organization.Cloud.Work.Failures);
    }

    // In any order of what happens at once: the move makes a reconcile renew the parameter while the stack goes, and the rules and Apply must be gone before
    // the budgets are.
    [Fact]
    public async Task An_account_that_moves_out_of_the_rollout_keeps_no_budget_and_is_Blocked_before_any_further_reconcile()
    {
        var told = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var organization = new DeployedOrganization(Templates.AsCommitted, new Random(seed));
            await organization.DeployAsync();
            await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":7}""");
            Assert.Equal("Applied", await organization.StateAsync(Spoke));

            await MoveAsync(organization, organization.Members, organization.UncoveredUnit);

            Assert.True(await organization.BudgetNamesAsync(Spoke) is [], $"seed {seed}: a budget is left");
            // No time passes between the last report and the end of its way out here, so some orders lose it, and nobody can know yet.
            var state = await organization.StateAsync(Spoke);
            Assert.True(state == "Blocked" || (state == "Propagated" && organization.Cloud.EventBridge.Lost > 0), $"seed {seed}: {state}");
            if (state == "Blocked") told++;
        }

        Assert.InRange(told, 5, 20);
    }

    private static async Task MoveAsync(DeployedOrganization organization, string from, string to)
    {
        await organization.CallAsync(organization.Cloud.Organizations, DeployedOrganization.Management, "MoveAccount", new JsonObject
        {
            ["AccountId"] = Spoke,
            ["SourceParentId"] = from,
            ["DestinationParentId"] = to,
        });
        await organization.SettleAsync();
    }
}
