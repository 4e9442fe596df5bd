using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Least privilege of Notify and of the channels' rules, proved as that of the others is: nothing can be taken away unnoticed.</summary>
public sealed class ChannelPermissionTests
{
    private static readonly AwsException Gone = new("ResourceNotFoundException", "Function not found", 404);

    [Fact]
    public async Task The_template_allows_all_that_Notify_and_the_channels_need() => Assert.Empty(await DenialsAsync(Templates.WithChannels));

    [Fact]
    public Task Removing_any_single_action_is_noticed_as_a_denial() => LeastPrivilege.HoldsAsync(
        [.. GrantedAction.Of("management", Templates.WithChannels.Management).Where(IsOfAlerts)],
        action => DenialsAsync(action.RemovedFrom(Templates.WithChannels)));

    /// <summary>What only the template with channels has.</summary>
    private static bool IsOfAlerts(GrantedAction action) =>
        action.Resource.StartsWith("Notify", StringComparison.Ordinal) || action.Resource.StartsWith("Alerts", StringComparison.Ordinal);

    /// <summary>
    /// An alert with its drivers, one that a provider refuses, hourly rounds, a digest, and a function that is away: everything that they ever do.
    /// </summary>
    private static async Task<IReadOnlyList<string>> DenialsAsync(Templates templates)
    {
        ProviderWorld? world = null;
        try
        {
            return await LeastPrivilege.DenialsAsync(
                async () =>
                {
                    world = await ProviderWorld.DeployedAsync(
                        request => request.Host == ProviderWorld.Teams ? new ProviderAnswer(400) : null, templates: templates);
                    return world.Organization;
                },
                LiveAsync);
        }
        finally
        {
            if (world is not null) await world.DisposeAsync();
        }
    }

    private static async Task LiveAsync(DeployedOrganization organization)
    {
        var today = DateOnly.FromDateTime(organization.Clock.GetUtcNow().UtcDateTime);
        organization.Cloud.Costs.SetSpend(ProviderWorld.Spoke, new SpendModel(SpendBehaviour.Flat, 10, today.AddDays(-30)));
        organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        // Past six in the morning, when digests come.
        await organization.PassAsync(TimeSpan.FromHours(8));
        // What a topic refuses is put into the queue by Notify itself.
        organization.Cloud.Sns.DeleteTopic($"arn:aws:sns:us-east-1:{DeployedOrganization.Management}:BudgetSync-Channel-mail");
        organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 160);
        await organization.PassAsync(TimeSpan.FromHours(2));
        organization.Cloud.Faults.OnCalls(call => call.Operation == "Scan"
            && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Notify", StringComparison.Ordinal) ? new Fault.Refusal(Gone) : null);
        await organization.PassAsync(TimeSpan.FromHours(2));
    }
}
