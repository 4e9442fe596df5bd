using BudgetSync.Aws.Tables;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The protecting policy as the deployment makes it with models, attached to an account that meters them.</summary>
public sealed class ProtectedModelsTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string People = $"arn:aws:iam::{Spoke}:policy/BudgetSync/AiSuspendedPeople";

    [Fact]
    public async Task A_protected_account_still_counts_suspends_tells_the_hub_and_gives_back()
    {
        await using var organization = await ProtectedAsync();
        await MeteringSpoke.BudgetAsync(organization);

        await MeteringSpoke.InvokeAsRoleAsync(organization, 2_000_000);
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("Suspended", "Suspended"), (await MeteringSpoke.StateAsync(organization), await ToldAsync(organization)));

        await organization.PutRowAsync(MeteringSpoke.Row(limit: 100));
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(("Active", "Active"), (await MeteringSpoke.StateAsync(organization), await ToldAsync(organization)));
        Assert.Empty(organization.Cloud.Iam.FindRole(Spoke, "DataScience")!.Definition.ManagedPolicyArns); // Put above.
    }

    /// <summary>What Meter may and its account's administrator may not: by the first BudgetSync works, by the second it is gone around.</summary>
    [Theory]
    [InlineData("iam:CreatePolicyVersion", People)]
    [InlineData("dynamodb:PutItem", $"arn:aws:dynamodb:us-east-1:{Spoke}:table/BudgetSync-Ai")]
    [InlineData("bedrock:PutModelInvocationLoggingConfiguration", "*")]
    [InlineData("bedrock:DeleteModelInvocationLoggingConfiguration", "*")]
    public async Task Meter_may_what_an_administrator_may_not(string action, string resource)
    {
        await using var organization = await ProtectedAsync();

        Assert.True(ControlledOrganization.May(organization, "BudgetSync-Meter", action, resource));
        Assert.False(ControlledOrganization.May(organization, "administrator", action, resource));
        Assert.True(ControlledOrganization.May(organization, "OrganizationAccountAccessRole", action, resource));
    }

    [Theory]
    [InlineData("iam:UpdateAssumeRolePolicy", $"arn:aws:iam::{Spoke}:role/BudgetSync-Meter")]
    [InlineData("iam:AttachRolePolicy", $"arn:aws:iam::{Spoke}:role/BudgetSync-Meter")]
    [InlineData("iam:PutRolePolicy", $"arn:aws:iam::{Spoke}:role/BudgetSync-ModelLogs")]
    [InlineData("iam:PassRole", $"arn:aws:iam::{Spoke}:role/BudgetSync-Meter")]
    [InlineData("iam:SetDefaultPolicyVersion", People)]
    [InlineData("logs:PutLogEvents", $"arn:aws:logs:us-east-1:{Spoke}:log-group:/BudgetSync/ModelInvocations:log-stream:aws/bedrock/modelinvocations")]
    [InlineData("logs:DeleteSubscriptionFilter", $"arn:aws:logs:us-east-1:{Spoke}:log-group:/BudgetSync/ModelInvocations")]
    [InlineData("dynamodb:DeleteTable", $"arn:aws:dynamodb:us-east-1:{Spoke}:table/BudgetSync-Ai")]
    [InlineData("lambda:UpdateFunctionCode", $"arn:aws:lambda:us-east-1:{Spoke}:function:BudgetSync-Meter")]
    [InlineData("lambda:InvokeFunction", $"arn:aws:lambda:us-east-1:{Spoke}:function:BudgetSync-Meter")]
    public async Task An_administrator_of_the_account_changes_nothing_that_models_are_metered_by(string action, string resource)
    {
        await using var organization = await ProtectedAsync();

        Assert.False(ControlledOrganization.May(organization, "administrator", action, resource));
        Assert.True(ControlledOrganization.May(organization, "OrganizationAccountAccessRole", action, resource));
    }

    /// <summary>The hub asks functions through it, so the policy must not bind it.</summary>
    [Fact]
    public async Task The_spoke_role_is_not_kept_from_calling_our_functions()
    {
        await using var organization = await ProtectedAsync();
        var role = organization.Cloud.Iam.FindRole(Spoke, "BudgetSyncSpokeRole")!; // The stack made it.
        var everything = LocalAws.Iam.PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
        organization.Cloud.Iam.PutRole(Spoke, role.Definition with { Inline = role.Definition.Inline.Add("All", everything) });

        Assert.True(ControlledOrganization.May(
            organization, "BudgetSyncSpokeRole", "lambda:InvokeFunction", $"arn:aws:lambda:us-east-1:{Spoke}:function:BudgetSync-Apply"));
    }

    private static async Task<DeployedOrganization> ProtectedAsync()
    {
        var organization = await ControlledOrganization.DeployAsync("[]", Templates.WithCappedAi);
        await ControlledOrganization.AttachAsync(organization, "BudgetSync-Protect", Spoke);
        return organization;
    }

    private static async Task<string?> ToldAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var row = await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None);
        return row?.Ai?.Lines.Single(line => line.Subject.Key == "role/DataScience").State.Name;
    }
}
