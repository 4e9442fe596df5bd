using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Alerts in a deployed organization, from AWS Budgets to the operations topic, under the templates' own permissions.</summary>
public sealed class AlertTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Budget = "SpokeAccountBudget";

    [Fact]
    public async Task Spending_that_turns_Critical_is_told_within_seconds_and_resolved_when_the_limit_is_raised()
    {
        await using var organization = await DeployedAsync();
        var before = organization.Clock.GetUtcNow();
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 130);
        await organization.SettleAsync();

        Assert.InRange(organization.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var message = Assert.Single(Messages(organization));
        Assert.StartsWith(
            $"Critical: {Budget} of {Spoke}\n\n{Budget} of {Spoke} has spent 130 USD (130.0 %) of 100 USD: actual 130.0 % is at or above 120.",
            message,
            StringComparison.Ordinal);

        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":1000}""");
        await organization.PassAsync(TimeSpan.FromDays(2));
        Assert.Single(organization.Cloud.Sns.Published, mail => mail.Subject == $"Critical: {Budget} of {Spoke}");
        Assert.Equal([message.Split(':')[0], "Resolved"], Messages(organization).Select(text => text.Split(':')[0]));
    }

    [Fact]
    public async Task What_stays_Critical_is_told_again_every_three_days()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 130);
        await organization.PassAsync(TimeSpan.FromDays(7));

        Assert.Equal(["Critical", "Still Critical", "Still Critical"], Messages(organization).Select(text => text.Split(':')[0]));
    }

    [Fact]
    public async Task A_row_that_wants_no_channel_is_told_nothing()
    {
        await using var organization = await DeployedAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Notify":[]}""");
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 130);
        await organization.PassAsync(TimeSpan.FromDays(1));

        Assert.Empty(Messages(organization));
    }

    [Fact]
    public async Task A_row_that_names_a_channel_which_is_not_there_is_rejected_and_its_alert_goes_to_the_operations_topic()
    {
        await using var organization = await DeployedAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Notify":"finops"}""");
        Assert.Equal("Rejected", await organization.StateAsync(Spoke));

        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 130);
        await organization.SettleAsync();
        Assert.Single(Messages(organization));
    }

    [Theory]
    [InlineData("PutItem", false)]
    [InlineData("PutItem", true)]
    [InlineData("Publish", false)]
    [InlineData("Publish", true)]
    [InlineData("UpdateItem", true)]
    public async Task A_Notify_that_dies_anywhere_tells_twice_at_worst_and_never_not(string operation, bool afterEffect)
    {
        await using var organization = await DeployedAsync();
        var died = 0;
        organization.Cloud.Faults.OnCalls(call =>
            call.Operation == operation && call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Notify", StringComparison.Ordinal)
            && Interlocked.Increment(ref died) <= 1
                ? new Fault.Crash(afterEffect)
                : null);
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 130);
        await organization.PassAsync(TimeSpan.FromHours(3));

        Assert.True(died > 1);
        Assert.InRange(Messages(organization).Count, 1, 2);
    }

    [Fact]
    public async Task Doubled_events_tell_nothing_twice_and_lost_ones_cost_an_hour()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Faults.OnDeliveries(delivery => delivery.RuleArn.EndsWith("BudgetSync-Money", StringComparison.Ordinal)
            ? new DeliveryFault.Loss()
            : null);
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 130);
        await organization.SettleAsync();
        Assert.Empty(Messages(organization));
        await organization.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(Messages(organization));

        organization.Cloud.Faults.Reset();
        organization.Cloud.Faults.OnDeliveries(delivery => delivery.RuleArn.EndsWith("BudgetSync-Money", StringComparison.Ordinal)
            ? new DeliveryFault.Duplicate()
            : null);
        organization.Cloud.Budgets.SetSpend(Spoke, Budget, 160);
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(["Critical", "Shutdown"], Messages(organization).Select(text => text.Split(':')[0]));
    }

    /// <summary>The mails of the operations topic.</summary>
    private static List<string> Messages(DeployedOrganization organization) =>
    [
        .. organization.Cloud.Sns.Published.Where(message => message.TopicArn.EndsWith(":BudgetSync-Operations", StringComparison.Ordinal))
            .Select(message => message.Body),
    ];

    private static async Task<DeployedOrganization> DeployedAsync()
    {
        var organization = new DeployedOrganization(Templates.WithAlerts);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100}""");
        // Time stands still while this cloud works: a look of the same instant would be the apply's over again.
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        return organization;
    }
}
