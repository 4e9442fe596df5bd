using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A channel comes and goes by one deployment of the management stack, and nothing else is done for it.</summary>
public sealed class AddedChannelTests
{
    private const string Row = $$"""{"AccountId":"{{ProviderWorld.Spoke}}","BudgetValue":100,"Notify":["desk Critical"]}""";

    [Fact]
    public async Task A_channel_that_is_added_gets_what_rows_send_it_and_one_that_is_taken_away_leaves_nothing()
    {
        await using var world = await ProviderWorld.DeployedAsync();
        var organization = world.Organization;
        await organization.PutRowAsync(Row);
        await organization.SettleAsync();
        Assert.Equal("Rejected", await organization.StateAsync(ProviderWorld.Spoke));

        organization.Use(Templates.WithKinds);
        await organization.DeployManagementAsync();
        await organization.PassAsync(TimeSpan.FromHours(25));
        Assert.Equal("Applied", await organization.StateAsync(ProviderWorld.Spoke));
        organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        await organization.SettleAsync();

        var ticket = Assert.Single(world.Of(ProviderWorld.ServiceNow), request => request.Path == ProviderWorld.ImportPath);
        Assert.Empty(ProviderWorld.Problems(ticket));
        // When it was deployed, and anew a day later, because a token is good for half an hour.
        Assert.Equal(2, world.TokenRequests.Count);
        Assert.Equal("AUTHORIZED", await StateOfAsync(organization, "desk"));

        organization.Use(Templates.WithChannels);
        await organization.DeployManagementAsync();
        await organization.PassAsync(TimeSpan.FromHours(25));

        Assert.Equal("Rejected", await organization.StateAsync(ProviderWorld.Spoke));
        var gone = await Assert.ThrowsAsync<LocalAws.Kernel.AwsException>(() => StateOfAsync(organization, "desk"));
        Assert.Equal("ResourceNotFoundException", gone.Code);
        Assert.Equal("AUTHORIZED", await StateOfAsync(organization, "finops"));
    }

    private static async Task<string> StateOfAsync(DeployedOrganization organization, string channel)
    {
        var input = new JsonObject { ["Name"] = $"BudgetSync-Channel-{channel}" };
        var told = await organization.CallAsync(organization.Cloud.EventBridge, DeployedOrganization.Management, "DescribeConnection", input);
        return told["ConnectionState"]!.ToString();
    }
}
