using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Organizations;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Organizations;

/// <summary>What an attached service control policy does to the calls of an account's principals.</summary>
public sealed class ServiceControlTests : OrganizationTestBed
{
    private const string DenyParameters = """
        {"Version":"2012-10-17",
         "Statement":[{"Effect":"Deny","Action":"ssm:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalARN":["arn:*:iam::*:role/BudgetSync*"]}}}]}
        """;

    public ServiceControlTests() => cloud.Organizations.EnableServiceControlPolicies();

    [Theory]
    [InlineData(Member)]
    [InlineData("ou-local-00000001")]
    [InlineData("r-local")]
    public async Task A_deny_binds_every_principal_below_its_target_but_those_it_exempts(string target)
    {
        cloud.Organizations.Move(Member, cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Team"));
        await AttachAsync(DenyParameters, target);

        Assert.False(Allowed(Member, "Worker"));
        Assert.True(Allowed(Member, "BudgetSyncSpokeRole"));
        Assert.False(cloud.Iam.IsAllowed(Caller.Root(Member), Request(Member)));
    }

    [Fact]
    public async Task The_management_account_is_not_bound_and_neither_are_services()
    {
        await AttachAsync(DenyParameters, OrganizationsService.RootId);
        await AttachAsync(DenyParameters, Management);

        Assert.True(Allowed(Management, "Worker"));
        Assert.True(cloud.Iam.IsAllowed(Caller.Service("events.amazonaws.com", Member, "arn"), Request(Member)));
    }

    [Theory]
    [InlineData("arn:*:iam::*:role/stacksets-exec-*", true)]
    [InlineData("arn:*:iam::*:role/Other", false)]
    public async Task A_stack_set_is_bound_unless_its_role_is_exempt(string exempt, bool deploys)
    {
        cloud.Organizations.Move(Member, cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Team"));
        await AttachAsync(
            $$$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*",
             "Condition":{"ArnNotLike":{"aws:PrincipalARN":"{{{exempt}}}"} } } }
            """,
            Member);
        const string parameter = """{"Resources":{"P":{"Type":"AWS::SSM::Parameter","Properties":{"Name":"/p","Type":"String","Value":"v"}}}}""";
        cloud.CloudFormation.UploadedTemplates["https://t"] = parameter;
        var none = new Dictionary<string, string>();
        var rollout = cloud.CloudFormation.DeployAsync(Management, "Set", """
            {"Resources":{"Set":{"Type":"AWS::CloudFormation::StackSet","Properties":{"StackSetName":"S","PermissionModel":"SERVICE_MANAGED",
              "TemplateURL":"https://t","StackInstancesGroup":[{"Regions":["us-east-1"],
              "DeploymentTargets":{"OrganizationalUnitIds":["ou-local-00000001"]} }]} } } }
            """, none);

        if (deploys) await rollout;
        else Assert.Contains("in a service control policy", (await Assert.ThrowsAsync<StackException>(() => rollout)).Message, StringComparison.Ordinal);
        Assert.Equal(deploys, cloud.CloudFormation.Find(Member, "us-east-1", "StackSet-S") is not null);
        // Whoever deploys by hand there is bound.
        await Assert.ThrowsAsync<StackException>(() => cloud.CloudFormation.DeployAsync(Member, "Mine", parameter, none));
    }

    [Fact]
    public async Task Each_level_must_allow_and_a_refusal_says_so()
    {
        var id = await AttachAsync("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"budgets:*","Resource":"*"}}""", Member);
        await CallAsync("DetachPolicy", $"{{'PolicyId':'p-FullAWSAccess','TargetId':'{Member}'}}");
        using var api = new Api(cloud, Member);

        var refused = await Api.RefusedAsync(() => api.JsonAsync("AmazonSSM.DescribeParameters", []));

        Assert.EndsWith("because no service control policy allows the ssm:DescribeParameters action", refused.Text, StringComparison.Ordinal);
        Assert.True(cloud.Iam.IsAllowed(Caller.Root(Member), new IamRequest("budgets:ViewBudget", "*")));
        Assert.NotEmpty(id);
    }

    [Fact]
    public async Task A_denied_call_is_refused_at_once_and_allowed_again_once_the_policy_is_detached()
    {
        using var api = new Api(cloud, Member);
        await api.JsonAsync("AmazonSSM.DescribeParameters", []);
        var id = await AttachAsync(DenyParameters, Member);

        var refused = await Api.RefusedAsync(() => api.JsonAsync("AmazonSSM.DescribeParameters", []));
        await CallAsync("DetachPolicy", $"{{'PolicyId':'{id}','TargetId':'{Member}'}}");
        await api.JsonAsync("AmazonSSM.DescribeParameters", []);

        Assert.EndsWith("with an explicit deny in a service control policy", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_elsewhere_is_not_assumed_by_a_principal_whose_account_may_not()
    {
        var trust = """{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}""";
        cloud.Iam.PutRole("444455556666", Policies.Role("Open", trust, [Policies.Allow("*")]));
        using var api = new Api(cloud, Member);
        await api.QueryAsync("sts", "AssumeRole", ("RoleArn", "arn:aws:iam::444455556666:role/Open"), ("RoleSessionName", "session"));

        await AttachAsync("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"sts:*","Resource":"*"}}""", Member);

        await Api.RefusedAsync(
            () => api.QueryAsync("sts", "AssumeRole", ("RoleArn", "arn:aws:iam::444455556666:role/Open"), ("RoleSessionName", "session")));
    }

    [Fact]
    public async Task An_account_that_leaves_is_bound_no_more_and_comes_back_without_the_policy()
    {
        await AttachAsync(DenyParameters, Member);
        cloud.Organizations.Remove(Member);
        Assert.True(Allowed(Member, "Worker"));

        cloud.Organizations.Join(Member, "Member");

        Assert.True(Allowed(Member, "Worker"));
    }

    [Fact]
    public async Task IAM_is_asked_about_the_policy_and_the_target_and_told_the_type()
    {
        var id = await AttachAsync(DenyParameters, Member);
        string[] resources =
        [
            $"arn:aws:organizations::{Management}:policy/o-local00000/service_control_policy/{id}",
            $"arn:aws:organizations::{Management}:account/o-local00000/{Member}",
        ];
        const string condition = """, "Condition":{"StringEquals":{"organizations:PolicyType":"SERVICE_CONTROL_POLICY"}}}""";
        string[] both = [.. resources.Select(resource => Policies.Allow("organizations:DetachPolicy", resource)[..^1] + condition)];

        Assert.False(await MayDetachAsync([both[0]]));
        Assert.False(await MayDetachAsync([both[1]]));
        Assert.True(await MayDetachAsync(both));

        async Task<bool> MayDetachAsync(string[] statements)
        {
            var role = cloud.Iam.PutRole(Management, Policies.Role("Responder", statements));
            using var api = new Api(cloud, cloud.Sts.OpenSession(role, "s", TimeSpan.FromHours(1)));
            try
            {
                await api.JsonAsync("AWSOrganizationsV20161128.DetachPolicy", new JsonObject { ["PolicyId"] = id, ["TargetId"] = Member });
                return true;
            }
            catch (ApiException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_stack_makes_a_policy_changes_it_and_does_not_delete_it_while_it_is_attached()
    {
        const string template = """
            {"Resources":{"Policy":{"Type":"AWS::Organizations::Policy","Properties":{"Name":"BudgetSync-DenyNew","Type":"SERVICE_CONTROL_POLICY",
              "Content":{"Version":"2012-10-17",
              "Statement":[{"Effect":"Deny","Action":"ACTION","Resource":"*"}]}}}},"Outputs":{"Id":{"Value":{"Ref":"Policy"}}}}
            """;
        var stack = await DeployAsync(template.Replace("ACTION", "ssm:*", StringComparison.Ordinal));
        await CallAsync("AttachPolicy", $"{{'PolicyId':'{stack}','TargetId':'{Member}'}}");
        Assert.False(Allowed(Member, "Worker"));

        Assert.Equal(stack, await DeployAsync(template.Replace("ACTION", "ec2:*", StringComparison.Ordinal)));

        Assert.True(Allowed(Member, "Worker"));
        await Assert.ThrowsAsync<BudgetSync.LocalAws.CloudFormation.StackException>(() => cloud.CloudFormation.DeleteAsync(Management, "Policies"));
        await CallAsync("DetachPolicy", $"{{'PolicyId':'{stack}','TargetId':'{Member}'}}");
        await cloud.CloudFormation.DeleteAsync(Management, "Policies");
        Assert.Equal("PolicyNotFoundException", await RefusedAsync("DescribePolicy", $"{{'PolicyId':'{stack}'}}"));
    }

    private static IamRequest Request(string account) => new("ssm:GetParameter", $"arn:aws:ssm:us-east-1:{account}:parameter/p");

    private bool Allowed(string account, string roleName)
    {
        var role = cloud.Iam.PutRole(account, Policies.Role(roleName, Policies.Allow("*")));
        return cloud.Iam.IsAllowed(new Caller(account, role.Arn, $"arn:aws:sts::{account}:assumed-role/{roleName}/s"), Request(account));
    }

    private async Task<string> AttachAsync(string content, string target)
    {
        var input = new JsonObject { ["Name"] = $"for {target}", ["Description"] = "", ["Type"] = "SERVICE_CONTROL_POLICY", ["Content"] = content };
        var id = (await CallAsync("CreatePolicy", input.ToJsonString()))["Policy"]!["PolicySummary"]!["Id"]!;
        await CallAsync("AttachPolicy", $"{{'PolicyId':'{id}','TargetId':'{target}'}}");
        return id.ToString();
    }

    private async Task<string> DeployAsync(string template) =>
        (await cloud.CloudFormation.DeployAsync(Management, "Policies", template, new Dictionary<string, string>())).Outputs["Id"];
}
