using BudgetSync.LocalAws.Billing;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The digest of the channel mail, which has one in the template with channels: with the permissions and settings of the template.</summary>
public sealed class DigestTests
{
    [Fact]
    public async Task A_digest_tells_its_channel_what_rose_which_envelope_is_used_up_and_what_the_deployment_costs()
    {
        await using var world = await ProviderWorld.DeployedAsync();
        var organization = world.Organization;
        var began = DateOnly.FromDateTime(organization.Clock.GetUtcNow().UtcDateTime);
        organization.Cloud.Costs.SetSpend(
            ProviderWorld.Spoke, new SpendModel(SpendBehaviour.Step, 10, began.AddDays(-60)) { Turn = began.AddDays(11), Noise = 0, HasWeekdays = false });
        await organization.PutRowAsync(
            $$"""{"AccountId":"{{organization.Members}}","BudgetValue":900,"Notify":["mail"],"Envelope":{"Amount":500} }""");
        await organization.PutRowAsync($$"""{"AccountId":"{{ProviderWorld.Spoke}}","BudgetValue":1000,"Notify":["mail"]}""");

        await organization.PassAsync(TimeSpan.FromDays(15));

        var digests = world.Organization.Cloud.Sns.Published
            .Where(message => message.TopicArn.EndsWith(":BudgetSync-Channel-mail", StringComparison.Ordinal))
            .Select(message => message.Body)
            .Where(text => text.StartsWith("Daily digest of", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(15, digests.Count);
        Assert.Contains("Rose most: spoke +", digests[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Rose most", digests[0], StringComparison.Ordinal);
        Assert.Contains($"Envelopes: {organization.Members} of 500 USD: allocated 200.0 %", digests[^1], StringComparison.Ordinal);
        Assert.Contains("BudgetSync itself: about 0.10 USD a month by reckoning, with 1 account; ", digests[^1], StringComparison.Ordinal);
    }
}
