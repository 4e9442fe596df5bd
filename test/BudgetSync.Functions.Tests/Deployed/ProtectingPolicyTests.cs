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

    // An exempt role that a member's administrator can make or enter is a way around the whole policy; and an invented request of CloudFormation would have
    // BudgetSync-FirstApply delete our budgets.
    [Theory]
    [InlineData("iam:CreateRole", "arn:aws:iam::111111111111:role/stacksets-exec-mine")]
    [InlineData("iam:UpdateAssumeRolePolicy", "arn:aws:iam::111111111111:role/stacksets-exec-0123456789abcdef")]
    [InlineData("iam:PutRolePolicy", "arn:aws:iam::111111111111:role/stacksets-exec-0123456789abcdef")]
    [InlineData("iam:CreateRole", "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole")]
    [InlineData("iam:UpdateAssumeRolePolicy", "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole")]
    [InlineData("iam:AttachRolePolicy", "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole")]
    [InlineData("iam:DeleteRole", "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole")]
    [InlineData("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111111111111:function:BudgetSync-FirstApply")]
    [InlineData("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111111111111:function:BudgetSync-Apply")]
    [InlineData("lambda:CreateFunctionUrlConfig", "arn:aws:lambda:us-east-1:111111111111:function:BudgetSync-Apply")]
    [InlineData("iam:PassRole", "arn:aws:iam::111111111111:role/BudgetSync-Apply")]
    [InlineData("cloudformation:CreateChangeSet", "arn:aws:cloudformation:us-east-1:111111111111:stack/StackSet-BudgetSync-Spoke-1a2b")]
    [InlineData("cloudformation:ExecuteChangeSet", "arn:aws:cloudformation:us-east-1:111111111111:stack/StackSet-BudgetSync-Spoke-1a2b")]
    [InlineData("sns:SetTopicAttributes", "arn:aws:sns:us-east-1:111111111111:BudgetSync-Alerts")]
    [InlineData("sns:DeleteTopic", "arn:aws:sns:us-east-1:111111111111:BudgetSync-Alerts")]
    [InlineData("sns:AddPermission", "arn:aws:sns:us-east-1:111111111111:BudgetSync-Alerts")]
    public async Task An_administrator_of_a_member_account_can_neither_make_himself_exempt_nor_call_our_functions(string action, string resource)
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        var (administrator, exempt) = (RoleWithPolicy(organization, "Administrator"), RoleWithPolicy(organization, "OrganizationAccountAccessRole"));

        Assert.False(organization.Cloud.Iam.IsAllowed(administrator, new IamRequest(action, resource)));
        Assert.True(organization.Cloud.Iam.IsAllowed(exempt, new IamRequest(action, resource)));
        var theirs = resource[..(resource.LastIndexOfAny([':', '/']) + 1)] + "Payroll";
        Assert.True(organization.Cloud.Iam.IsAllowed(administrator, new IamRequest(action, theirs)));
    }

    /// <summary>
    /// The rule that forwards reports knows them by what an event says of itself, so nothing else of the account may say it. Apply's own role, which Lambda
    /// sends its results by, may; events of other sources are not our business.
    /// </summary>
    [Theory]
    [InlineData("Administrator", "lambda", "default", false)]
    [InlineData("BudgetSync-ForwardReports", "lambda", "default", false)]
    [InlineData("BudgetSync-Apply", "lambda", "default", true)]
    [InlineData("Administrator", "payroll", "default", true)]
    [InlineData("Administrator", "lambda", "payroll", true)]
    public async Task No_other_role_of_a_member_account_puts_events_like_those_of_Apply(string role, string source, string bus, bool allowed)
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        var request = new IamRequest("events:PutEvents", $"arn:aws:events:us-east-1:{DeployedOrganization.Spoke}:event-bus/{bus}")
        {
            Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("events:source", ["other", source]),
        };

        Assert.Equal(allowed, organization.Cloud.Iam.IsAllowed(RoleWithPolicy(organization, role), request));
    }

    /// <summary>The prefix of a name is no name: what a function with a name like Apply's says stays in the account.</summary>
    [Fact]
    public async Task Only_the_results_of_our_functions_are_forwarded()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();

        foreach (var function in new[] { "BudgetSync-ApplyMine:$LATEST", "BudgetSync-ApplyMine", "BudgetSync-FirstApplyMine:1", "My-BudgetSync-Apply:1" })
            Assert.False(await IsForwardedAsync(organization, function), function);
        foreach (var function in new[] { "BudgetSync-Apply:$LATEST", "BudgetSync-Apply:live", "BudgetSync-Apply", "BudgetSync-FirstApply:$LATEST" })
            Assert.True(await IsForwardedAsync(organization, function), function);
    }

    private static async Task<bool> IsForwardedAsync(DeployedOrganization organization, string function)
    {
        var before = Forwarded();
        var arn = $"arn:aws:lambda:us-east-1:{DeployedOrganization.Spoke}:function:{function}";
        var entry = new JsonObject
        {
            ["Source"] = "lambda",
            ["DetailType"] = "Lambda Function Invocation Result - Success",
            ["Detail"] = new JsonObject { ["requestContext"] = new JsonObject { ["functionArn"] = arn } }.ToJsonString(),
        };
        var input = new JsonObject { ["Entries"] = new JsonArray(entry) };
        await organization.CallAsync(organization.Cloud.EventBridge, DeployedOrganization.Spoke, "PutEvents", input);
        await organization.SettleAsync();
        return Forwarded() > before;

        int Forwarded() => organization.Cloud.Calls.Calls.Count(call =>
            call.Call.Operation == "Invoke" && call.Call.Input["FunctionName"]!.ToString().EndsWith("BudgetSync-Collect", StringComparison.Ordinal));
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
