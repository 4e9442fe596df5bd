using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// Who may write and label the parameter of his spoke fills the hundred versions that AWS keeps and labels the oldest, so that it takes no other: nothing new
/// would be restricted there.
/// </summary>
public sealed class LabelledParameterTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Name = "/BudgetSync/Budgets";

    [Fact]
    public async Task A_label_on_the_oldest_version_exempts_nobody_from_a_restriction()
    {
        await using var organization = await ResponseTests.DeployedAsync(WrongRowsTests.Responses);
        await LabelAsync(organization);
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(3));

        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Equal("Applied", await organization.StateAsync(Spoke));

        // And once more, with what is in force.
        await LabelAsync(organization);
        await organization.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal([id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.Equal("Applied", await organization.StateAsync(Spoke));
    }

    private static async Task LabelAsync(DeployedOrganization organization)
    {
        const int kept = 100; // UG "Working with parameter versions".
        await organization.CallAsync(
            organization.Cloud.Ssm,
            Spoke,
            "LabelParameterVersion",
            new JsonObject { ["Name"] = Name, ["ParameterVersion"] = 1, ["Labels"] = new JsonArray("mine") });
        var put = new JsonObject { ["Name"] = Name, ["Value"] = "100", ["Overwrite"] = true };
        for (var version = 1L; version < kept;)
            version = (long)(await organization.CallAsync(organization.Cloud.Ssm, Spoke, "PutParameter", put.DeepClone().AsObject()))["Version"]!;
        await organization.SettleAsync();
    }
}
