using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;
using static BudgetSync.Functions.Tests.Deployed.RestrictedOrganization;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A person attaches the stack's policies too: what is his stays his, as long as there is a policy.</summary>
public sealed class PersonalAttachmentTests
{
    private const string Spoke = DeployedOrganization.Spoke;

    [Fact]
    public async Task What_a_person_attached_survives_restrictions_looks_and_days()
    {
        await using var organization = await DeployedAsync(Templates.WithRestrictions);
        await AskAsync(organization);
        await ByHandAsync(organization, "AttachRolePolicy", "developer", "DenyNew");
        await ByHandAsync(organization, "AttachRolePolicy", "developer", "DenyAi");
        await organization.PassAsync(TimeSpan.FromDays(2));

        await AskAsync(organization, DenyNew);
        await ByHandAsync(organization, "AttachRolePolicy", "fire", "DenyNew");
        await organization.PassAsync(TimeSpan.FromDays(2));
        Assert.True(Has(organization, "protected", "DenyNew"));
        await AskAsync(organization);
        await organization.PassAsync(TimeSpan.FromDays(2));

        Assert.True(Has(organization, "developer", "DenyNew"));
        Assert.True(Has(organization, "developer", "DenyAi"));
        Assert.True(Has(organization, "fire", "DenyNew"));
        Assert.False(Has(organization, "protected", "DenyNew"));
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    /// <summary>IAM deletes no policy that is attached, and what a person attached is his to detach: the deployment says whose it is.</summary>
    [Theory]
    [InlineData("the stack")]
    [InlineData("the feature")]
    public async Task What_goes_frees_first_whom_it_bound_and_names_what_a_person_attached(string what)
    {
        await using var organization = await DeployedAsync(Templates.WithRestrictions);
        await AskAsync(organization);
        await ByHandAsync(organization, "AttachRolePolicy", "protected", "DenyNew");
        await AskAsync(organization, DenyNew);
        if (what == "the feature") organization.Use(Templates.AsCommitted);

        var refused = await Assert.ThrowsAsync<StackException>(() => GoAsync());

        Assert.Contains("detach DenyNew of role/protected by hand", refused.Message, StringComparison.Ordinal);
        Assert.False(Has(organization, "developer", "DenyNew"));
        Assert.True(Has(organization, "protected", "DenyNew"));

        await ByHandAsync(organization, "DetachRolePolicy", "protected", "DenyNew");
        await GoAsync();
        await organization.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(organization.Cloud.Iam.FindRole(Spoke, "developer")!.Definition.ManagedPolicyArns);

        Task GoAsync() => what == "the stack"
            ? organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(Spoke, "BudgetSync-Spoke"))
            : organization.DeploySpokeAsync(Spoke);
    }

    /// <summary>Its resource does not say whose roles write: all that it attached is given back, as its own version would have.</summary>
    [Fact]
    public async Task A_stack_from_before_the_journal_that_is_switched_off_frees_whom_it_bound()
    {
        var template = JsonNode.Parse(Templates.WithRestrictions.Spoke)!;
        var properties = template["Resources"]!["RestrictionsLifting"]!["Properties"]!.AsObject();
        properties.Remove("Role");
        properties.Remove("HubRole");
        await using var organization = await DeployedAsync(Templates.WithRestrictions with { Spoke = template.ToJsonString() });
        await AskAsync(organization, DenyNew);
        Assert.True(Has(organization, "developer", "DenyNew"));

        organization.Use(Templates.AsCommitted);
        await organization.DeploySpokeAsync(Spoke);
        await organization.SettleAsync();

        Assert.Empty(organization.Cloud.Iam.FindRole(Spoke, "developer")!.Definition.ManagedPolicyArns);
    }
}
