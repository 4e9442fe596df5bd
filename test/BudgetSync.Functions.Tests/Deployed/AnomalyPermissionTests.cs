using BudgetSync.LocalAws.CostExplorer.Anomalies;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Least privilege of the way of an anomaly: of the subscription's topic, of the rule to our bus and of the one to Notify.</summary>
public sealed class AnomalyPermissionTests
{
    [Fact]
    public async Task The_template_allows_all_that_anomalies_need() => Assert.Empty(await DenialsAsync(Templates.WithAnomalies));

    [Fact]
    public Task Removing_any_single_action_is_noticed_as_a_denial() => LeastPrivilege.HoldsAsync(
        [.. GrantedAction.Of("management", Templates.WithAnomalies.Management).Where(IsOfAnomalies)],
        action => DenialsAsync(action.RemovedFrom(Templates.WithAnomalies)));

    private static bool IsOfAnomalies(GrantedAction action) =>
        action.Resource.StartsWith("Anomalies", StringComparison.Ordinal)
            || action.Resource.StartsWith("NotifyCalledByCostAnomalies", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> DenialsAsync(Templates templates)
    {
        ProviderWorld? world = null;
        try
        {
            return await LeastPrivilege.DenialsAsync(
                async () =>
                {
                    world = await ProviderWorld.DeployedAsync(templates: templates);
                    return world.Organization;
                },
                async organization =>
                {
                    organization.Cloud.CostExplorer.Anomalies.Find(
                        new UnusualCost(ProviderWorld.Spoke, "Amazon Elastic Compute Cloud - Compute", 712.3m, 300, new DateOnly(2026, 3, 1)));
                    await organization.PassAsync(TimeSpan.FromHours(1));
                });
        }
        finally
        {
            if (world is not null) await world.DisposeAsync();
        }
    }
}
