using BudgetSync.LocalAws.CostExplorer.Anomalies;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>From AWS Cost Anomaly Detection to the channels of the account's row, by the monitor, subscription and rule of the template.</summary>
public sealed class AnomalyTests
{
    private static readonly UnusualCost Machines = new(ProviderWorld.Spoke, "Amazon Elastic Compute Cloud - Compute", 712.3m, 300, new DateOnly(2026, 3, 1));

    [Theory]
    [InlineData(null)]
    [InlineData("spoke")]
    public async Task An_anomaly_is_told_to_the_channels_of_its_accounts_row_whatever_AWS_calls_the_account(string? accountAs)
    {
        await using var world = await DeployedAsync();

        Assert.Equal(1, world.Organization.Cloud.CostExplorer.Anomalies.Find(Machines with { AccountAs = accountAs }));
        await world.Organization.SettleAsync();

        Assert.Equal(
            $"Unusual costs: {ProviderWorld.Spoke}\nCosts of {ProviderWorld.Spoke} are unusual since 2026-03-01: 412.30 USD more than expected (137.4 %), "
                + "mostly Amazon Elastic Compute Cloud - Compute, us-east-1, BoxUsage:m5.large.",
            Assert.Single(world.Of(ProviderWorld.Slack)).Json.Text("text"));
        // The pager of the row is for what is Critical.
        Assert.Empty(world.Of(ProviderWorld.PagerDuty));
        Assert.Empty(world.Of(ProviderWorld.Slack).SelectMany(ProviderWorld.Problems));
    }

    [Fact]
    public async Task An_anomaly_that_goes_on_is_told_once_and_one_below_the_threshold_never()
    {
        await using var world = await DeployedAsync();
        var anomalies = world.Organization.Cloud.CostExplorer.Anomalies;

        Assert.Equal(0, anomalies.Find(Machines with { Id = "small", Actual = 349 }));
        anomalies.Find(Machines);
        await world.Organization.PassAsync(TimeSpan.FromHours(8));
        anomalies.Find(Machines with { Actual = 900 });
        await world.Organization.PassAsync(TimeSpan.FromHours(8));

        Assert.Single(world.Of(ProviderWorld.Slack));
        Assert.Single(world.Organization.Cloud.CostExplorer.Anomalies.Monitors);
    }

    [Fact]
    public async Task An_anomaly_of_an_account_without_a_row_is_told_by_the_default()
    {
        const string other = "222222222222";
        await using var world = await DeployedAsync();
        world.Organization.Cloud.Organizations.AddAccount(other, "other", world.Organization.UncoveredUnit);
        await world.Organization.PutRowAsync("""{"AccountId":"default","BudgetValue":100,"Notify":["teams Info"]}""");

        world.Organization.Cloud.CostExplorer.Anomalies.Find(Machines with { LinkedAccount = other });
        await world.Organization.SettleAsync();

        Assert.Contains(other, Assert.Single(world.Of(ProviderWorld.Teams)).Body, StringComparison.Ordinal);
        Assert.Empty(world.Of(ProviderWorld.Slack));
    }

    /// <summary>Slack hears of warnings, too.</summary>
    private static async Task<ProviderWorld> DeployedAsync()
    {
        var world = await ProviderWorld.DeployedAsync(templates: Templates.WithAnomalies);
        await world.Organization.PutRowAsync(
            $$"""{"AccountId":"{{ProviderWorld.Spoke}}","BudgetValue":100,"Notify":["finops Warning","pager Critical"]}""");
        return world;
    }
}
