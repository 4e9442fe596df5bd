using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// The sample service control policy over a real deployment. A role with the denials of the policy beside an Allow of everything meets the same decision.
/// </summary>
public sealed class ProtectingPolicyTests
{
    private static readonly string[] Parameter = ["PutParameter", "DeleteParameter"];

    [Fact]
    public async Task An_administrator_of_a_member_account_cannot_write_our_parameter_and_may_write_his_own()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{DeployedOrganization.Spoke}}","BudgetValue":7}""");
        var administrator = RoleWithPolicy(organization, "Administrator");

        foreach (var operation in Parameter)
        {
            var refused = await Assert.ThrowsAsync<AwsException>(() => CallAsync(organization, administrator, operation, "/BudgetSync/Budgets"));
            Assert.StartsWith("AccessDenied", refused.Code, StringComparison.Ordinal);
        }

        await CallAsync(organization, administrator, "PutParameter", "/Payroll/Settings");
    }

    [Theory]
    [InlineData("BudgetSyncSpokeRole")]
    [InlineData("stacksets-exec-0123456789abcdef")]
    [InlineData("OrganizationAccountAccessRole")]
    public async Task Roles_that_deploy_and_write_are_exempt(string role)
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        await CallAsync(organization, RoleWithPolicy(organization, role), "PutParameter", "/BudgetSync/Budgets");
    }

    private static Caller RoleWithPolicy(DeployedOrganization organization, string name)
    {
        var policy = PolicyDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "protect-budgetsync.scp.json")));
        var everything = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");
        var trust = PolicyDocument.Parse(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""");
        var inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("Everything", everything).Add("ServiceControl", policy);
        var role = organization.Cloud.Iam.PutRole(DeployedOrganization.Spoke, new RoleDefinition(name, trust) { Inline = inline });
        return new Caller(DeployedOrganization.Spoke, role.Arn, $"arn:aws:sts::{DeployedOrganization.Spoke}:assumed-role/{name}/session");
    }

    private static Task<JsonObject> CallAsync(DeployedOrganization organization, Caller caller, string operation, string name)
    {
        var input = new JsonObject { ["Name"] = name };
        if (operation == "PutParameter")
        {
            input["Value"] = "12";
            input["Type"] = "String";
            input["Overwrite"] = true;
        }

        return organization.CallAsync(organization.Cloud.Ssm, caller, operation, input);
    }
}
