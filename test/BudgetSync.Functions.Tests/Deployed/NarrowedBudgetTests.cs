using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Whoever may update budgets of the account, or write its parameter, makes a budget narrower, of which Apply then truly answers less.</summary>
public sealed class NarrowedBudgetTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Deny = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";

    [Theory]
    [InlineData("by hand")]
    [InlineData("by the parameter")]
    public async Task A_narrower_budget_ends_nothing(string how)
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        // What it counts again, once Apply has put it back.
        organization.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "UpdateBudget" && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Apply", StringComparison.Ordinal))
                organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
            return null;
        });

        for (var hour = 0; hour < 6; hour++)
        {
            await NarrowAsync(organization, how);
            organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 10);
            await ForgedReports.SayAsync(organization, id, "less was spent");
            Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
            await organization.PassAsync(TimeSpan.FromHours(1));
        }

        Assert.False(ResponseAttackTests.May(organization, Spoke, "ec2:RunInstances"));
        Assert.Equal(130, (await ForgedReports.RowAsync(organization)).Restrictions.Single(one => one.Id == id).Known?.Actual);
    }

    /// <summary>Looks come every four hours, the apply of the schedule once a day.</summary>
    [Fact]
    public async Task A_look_that_finds_a_narrower_budget_has_it_put_back_at_once()
    {
        await using var organization = await ResponseAttackTests.RestrictedAsync(Deny);
        await NarrowAsync(organization, "by hand");
        var applies = 0;
        organization.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "UpdateBudget" && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Apply", StringComparison.Ordinal)) applies++;
            return null;
        });
        Assert.True((await BudgetAsync(organization)).ContainsKey("CostFilters"));

        await organization.PassAsync(TimeSpan.FromHours(4));

        Assert.Empty((await BudgetAsync(organization))["CostFilters"]?.AsObject() ?? []);
        Assert.Equal(1, applies);
        Assert.Contains("Applied", $"{(await ForgedReports.RowAsync(organization)).LastReport?.Outcome}", StringComparison.Ordinal);
    }

    private static async Task<JsonObject> BudgetAsync(DeployedOrganization organization)
    {
        var read = await organization.CallAsync(
            organization.Cloud.Budgets, Spoke, "DescribeBudget", new JsonObject { ["AccountId"] = Spoke, ["BudgetName"] = "SpokeAccountBudget" });
        return read["Budget"]!.DeepClone().AsObject(); // Apply has made it.
    }

    private static async Task NarrowAsync(DeployedOrganization organization, string how)
    {
        if (how == "by the parameter")
        {
            await ResponseTests.PutParameterAsync(
                organization,
                Spoke,
                "/BudgetSync/Budgets",
                """{"Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":100,"CostFilters":{"Service":["AWS Lambda"]}}],"Version":1}""");
            return;
        }

        var budgets = organization.Cloud.Budgets;
        var budget = await BudgetAsync(organization);
        budget["CostFilters"] = new JsonObject { ["Service"] = new JsonArray("AWS Lambda") };
        foreach (var computed in new[] { "CalculatedSpend", "LastUpdatedTime", "HealthStatus", "TimePeriod" }) budget.Remove(computed);
        await organization.CallAsync(budgets, Spoke, "UpdateBudget", new JsonObject { ["AccountId"] = Spoke, ["NewBudget"] = budget });
    }
}
