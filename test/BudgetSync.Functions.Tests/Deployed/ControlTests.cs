using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Restrictions that the organization carries out, deployed, by the templates' rights: from AWS Budgets to a policy and back.</summary>
public sealed class ControlTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Management = DeployedOrganization.Management;
    private const string Quarantine = """[{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]""";

    [Fact]
    public async Task A_quarantine_binds_whoever_administers_the_account_and_not_BudgetSync_and_ends_with_a_higher_limit()
    {
        await using var organization = await ControlledOrganization.DeployAsync(Quarantine);
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
        await OverAsync(organization);

        Assert.IsType<RestrictionState.InForce>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
        foreach (var action in new[] { "ec2:RunInstances", "iam:CreateRole", "ssm:PutParameter", "s3:GetObject" })
        {
            Assert.False(ControlledOrganization.May(organization, "administrator", action), action);
            Assert.True(ControlledOrganization.May(organization, "OrganizationAccountAccessRole", action), action);
        }

        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":1000,"Responses":{{Quarantine}}}""");
        await organization.PassAsync(TimeSpan.FromHours(9));

        Assert.Equal("Applied", await organization.StateAsync(Spoke));
        Assert.IsType<RestrictionState.Lifted>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    [Theory]
    [InlineData("DENY_NEW", "BudgetSync-DenyNew", "ec2:RunInstances")]
    [InlineData("DENY_AI", "BudgetSync-DenyAi", "bedrock:InvokeModel")]
    public async Task What_is_binding_is_denied_by_the_organization_and_by_nothing_in_the_account(string kind, string policy, string action)
    {
        await using var organization = await ControlledOrganization.DeployAsync($$"""[{"At":"Over","Do":"{{kind}}","Mode":"ARMED","Binding":true}]""");
        await OverAsync(organization);

        Assert.Equal([Spoke], (await ControlledOrganization.AttachmentsAsync(organization))[policy]);
        Assert.False(ControlledOrganization.May(organization, "administrator", action));
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:TerminateInstances"));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    [Fact]
    public async Task What_a_person_detaches_is_attached_again_by_the_next_round()
    {
        await using var organization = await ControlledOrganization.DeployAsync(Quarantine);
        await OverAsync(organization);
        var input = new JsonObject { ["PolicyId"] = await ControlledOrganization.IdAsync(organization, "BudgetSync-Quarantine"), ["TargetId"] = Spoke };
        await organization.CallAsync(organization.Cloud.Organizations, Management, "DetachPolicy", input);
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));

        await organization.PassAsync(TimeSpan.FromMinutes(16));

        Assert.False(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
    }

    /// <summary>Whatever its row says, and whatever Respond's session is used for.</summary>
    [Fact]
    public async Task The_management_account_is_never_bound()
    {
        await using var organization = await ControlledOrganization.DeployAsync(Quarantine, account: Management);
        await organization.DeploySpokeAsync(Management);
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        organization.Cloud.Budgets.SetSpend(Management, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(3));

        Assert.All(await ControlledOrganization.AttachmentsAsync(organization), policy => Assert.Empty(policy.Value));
        var session = ControlledOrganization.Session(organization, Management, "BudgetSync-Respond");
        foreach (var name in new[] { "BudgetSync-DenyNew", "BudgetSync-DenyAi", "BudgetSync-Quarantine", "BudgetSync-Protect" })
        {
            var id = await ControlledOrganization.IdAsync(organization, name);
            await RefusedAsync(id, Management);
            // The root and the units are for people alone.
            await RefusedAsync(id, organization.Members);
            await RefusedAsync(id, "r-local");
        }

        await RefusedAsync(await ControlledOrganization.IdAsync(organization, "BudgetSync-Protect"), Spoke);
        var theirs = await organization.CallAsync(organization.Cloud.Organizations, Management, "CreatePolicy", new JsonObject
        {
            ["Name"] = "Theirs",
            ["Type"] = "SERVICE_CONTROL_POLICY",
            ["Description"] = "",
            ["Content"] = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""",
        });
        await RefusedAsync(theirs["Policy"]!["PolicySummary"]!["Id"]!.ToString(), Spoke);

        async Task RefusedAsync(string policy, string target)
        {
            var input = new JsonObject { ["PolicyId"] = policy, ["TargetId"] = target };
            var refused = await Assert.ThrowsAsync<AwsException>(
                () => organization.CallAsync(organization.Cloud.Organizations, session, "AttachPolicy", input));
            Assert.StartsWith("AccessDenied", refused.Code, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stack_that_goes_or_drops_the_policies_frees_first_whom_they_bind_units_and_the_root_too(bool deleted)
    {
        await using var organization = await ControlledOrganization.DeployAsync(Quarantine);
        await OverAsync(organization);
        await ControlledOrganization.AttachAsync(organization, "BudgetSync-Protect", organization.Members);
        await ControlledOrganization.AttachAsync(organization, "BudgetSync-Protect", "r-local");
        Assert.Equal(3, (await ControlledOrganization.AttachmentsAsync(organization)).Sum(policy => policy.Value.Length));
        // No time passes while a function runs here, so that more than a burst of changes would never get their turn.
        await organization.PassAsync(TimeSpan.FromSeconds(5));

        if (deleted)
        {
            await organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(Management, "BudgetSync-Management"));
        }
        else
        {
            organization.Use(Templates.WithResponses);
            await organization.DeployManagementAsync();
        }

        await organization.SettleAsync();
        Assert.Empty(await ControlledOrganization.AttachmentsAsync(organization));
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    [Fact]
    public async Task Removing_any_single_action_of_the_feature_is_noticed_as_a_denial()
    {
        var before = GrantedAction.Of("management", Templates.WithResponses.Management).ToHashSet();
        var all = GrantedAction.Of("management", Templates.WithControls.Management).Where(action => !before.Contains(action)).ToList();
        Assert.Equal(
            ["organizations:AttachPolicy", "organizations:DetachPolicy", "organizations:ListTargetsForPolicy"],
            all.Select(action => action.Action).Order(StringComparer.Ordinal));
        var unnoticed = new List<string>();
        foreach (var action in all)
        {
            await using var organization = await ControlledOrganization.DeployAsync(Quarantine, action.RemovedFrom(Templates.WithControls));
            await OverAsync(organization);
            await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":1000,"Responses":{{Quarantine}}}""");
            await organization.PassAsync(TimeSpan.FromHours(9));
            if (WholeLife.DenialsOf(organization).Count == 0) unnoticed.Add(action.ToString());
        }

        Assert.Empty(unnoticed);
    }

    private static async Task OverAsync(DeployedOrganization organization)
    {
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(2));
    }
}
