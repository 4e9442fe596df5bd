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
        var read = await organization.CallAsync(
            budgets, Spoke, "DescribeBudget", new JsonObject { ["AccountId"] = Spoke, ["BudgetName"] = "SpokeAccountBudget" });
        var budget = read["Budget"]!.DeepClone().AsObject(); // Apply has made it.
        budget["CostFilters"] = new JsonObject { ["Service"] = new JsonArray("AWS Lambda") };
        foreach (var computed in new[] { "CalculatedSpend", "LastUpdatedTime", "HealthStatus", "TimePeriod" }) budget.Remove(computed);
        await organization.CallAsync(budgets, Spoke, "UpdateBudget", new JsonObject { ["AccountId"] = Spoke, ["NewBudget"] = budget });
    }
}
