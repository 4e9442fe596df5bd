using System.Collections.Immutable;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Iam;

public sealed class PolicyTests
{
    private const string Account = "111122223333";
    private const string Other = "444455556666";
    private const string Parameter = $"arn:aws:ssm:us-east-1:{Account}:parameter/BudgetSync/Budgets";

    private readonly LocalCloud cloud = new();

    [Theory]
    [InlineData("ssm:GetParameter", true)]
    [InlineData("SSM:getparameter", true)]
    [InlineData("ssm:Get*", true)]
    [InlineData("ssm:GetParamete?", true)]
    [InlineData("*", true)]
    [InlineData("ssm:GetParameters", false)]
    [InlineData("budgets:*", false)]
    public void An_action_matches_without_case_and_with_wildcards(string action, bool allowed) => Check(Policies.Allow(action), allowed);

    [Theory]
    [InlineData(Parameter, true)]
    [InlineData($"arn:aws:ssm:*:{Account}:parameter/BudgetSync/*", true)]
    [InlineData("arn:aws:ssm:us-east-1:${aws:PrincipalAccount}:parameter/*", true)]
    [InlineData($"arn:aws:ssm:us-east-1:{Account}:parameter/budgetsync/*", false)]
    [InlineData($"arn:aws:ssm:us-east-1:{Other}:parameter/*", false)]
    public void A_resource_matches_with_case_wildcards_and_variables(string resource, bool allowed) => Check(Policies.Allow("ssm:*", resource), allowed);

    [Fact]
    public void NotAction_and_NotResource_cover_everything_else()
    {
        Check("""{"Effect":"Allow","NotAction":"budgets:*","Resource":"*"}""", true);
        Check("""{"Effect":"Allow","NotAction":"ssm:*","Resource":"*"}""", false);
        Check($$"""{"Effect":"Allow","Action":"*","NotResource":"{{Parameter}}"}""", false);
        Check($$"""{"Effect":"Allow","Action":"*","NotResource":"{{Parameter}}/x"}""", true);
    }

    [Fact]
    public void A_deny_outweighs_every_allow()
    {
        Check([Policies.Allow("*"), Policies.Deny("ssm:GetParameter")], false);
        Check([Policies.Allow("*"), Policies.Deny("ssm:PutParameter")], true);
    }

    [Theory]
    [InlineData("StringEquals", "k", "a", true)]
    [InlineData("StringEquals", "k", "A", false)]
    [InlineData("StringEquals", "absent", "a", false)]
    [InlineData("StringEqualsIgnoreCase", "k", "A", true)]
    [InlineData("StringEqualsIfExists", "absent", "a", true)]
    [InlineData("StringNotEquals", "k", "a", false)]
    [InlineData("StringNotEquals", "k", "b", true)]
    [InlineData("StringNotEquals", "absent", "a", true)]
    [InlineData("StringLike", "k", "?", true)]
    [InlineData("StringLike", "k", "b*", false)]
    [InlineData("StringNotLike", "k", "a*", false)]
    [InlineData("ArnEquals", "arn", "arn:aws:iam::*:role/x", true)]
    [InlineData("ArnLike", "arn", "arn:aws:*:role/x", false)]
    [InlineData("ArnNotLike", "arn", "arn:aws:iam::*:role/x", false)]
    [InlineData("Bool", "flag", "true", true)]
    [InlineData("Bool", "flag", "false", false)]
    [InlineData("Null", "absent", "true", true)]
    [InlineData("Null", "k", "true", false)]
    [InlineData("Null", "k", "false", true)]
    [InlineData("NumericLessThan", "five", "6", true)]
    [InlineData("NumericGreaterThanEquals", "five", "6", false)]
    [InlineData("ForAnyValue:StringEquals", "many", "b", true)]
    [InlineData("ForAnyValue:StringEquals", "many", "c", false)]
    [InlineData("ForAnyValue:StringEquals", "absent", "c", false)]
    [InlineData("ForAllValues:StringLike", "many", "?", true)]
    [InlineData("ForAllValues:StringEquals", "many", "a", false)]
    [InlineData("ForAllValues:StringEquals", "absent", "a", true)]
    public void A_condition_operator_compares_as_documented(string name, string key, string value, bool allowed)
    {
        var context = ImmutableDictionary<string, ImmutableArray<string>>.Empty
            .Add("K", ["a"]).Add("arn", ["arn:aws:iam::111122223333:role/x"]).Add("flag", ["true"]).Add("five", ["5"]).Add("many", ["a", "b"]);

        Check([$$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"{{name}}":{"{{key}}":"{{value}}"} } }"""], allowed, context);
    }

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringLike", false)]
    [InlineData("StringNotEquals", false)]
    [InlineData("StringEqualsIfExists", false)]
    [InlineData("ForAllValues:StringEquals", true)]
    [InlineData("ForAnyValue:StringEquals", true)]
    [InlineData("ForAllValues:StringEqualsIfExists", true)]
    public void A_multivalued_key_needs_a_set_operator(string name, bool allowed)
    {
        foreach (var key in new[] { "events:source", "events:detail-type", "aws:TagKeys", "dynamodb:LeadingKeys" })
        {
            var context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(key, ["mine"]);

            Check([$$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"{{name}}":{"{{key}}":"mine"} } }"""], allowed, context);
            Check([$$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Null":{"{{key}}":"false"} } }"""], true, context);
        }
    }

    [Fact]
    public void Conditions_are_an_and_and_their_values_an_or()
    {
        Check(
            $$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"S"""
                + $$"""tringEquals":{"aws:PrincipalAccount":["1","{{Account}}"],"aws:ResourceAccount":"{{Account}}"} } }""",
            true);
        Check(
            $$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"S"""
                + $$"""tringEquals":{"aws:PrincipalAccount":"{{Account}}","aws:ResourceAccount":"{{Other}}"} } }""",
            false);
    }

    [Fact]
    public void The_organization_of_principal_and_resource_are_condition_keys_and_absent_outside_one()
    {
        var statement =
            """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-local0000"""
                + """0","aws:ResourceOrgID":"o-local00000"} } }""";
        Check(statement, true);

        cloud.Iam.OrganizationOf = _ => null;

        Check(statement, false);
    }

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Maybe","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"GetParameter","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringSounds":{"k":"v"}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Extra":1}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Principal":{"Federated":"x"}}]}""")]
    [InlineData("""{"Version":"2012-10-17"}""")]
    [InlineData("""{"Version":"2020-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Version":null,"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Sid":1,"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statements":[]}""")]
    [InlineData("not json")]
    public void A_policy_that_cannot_be_judged_is_refused_when_it_is_read(string policy) =>
        Assert.Equal("MalformedPolicyDocument", Assert.Throws<AwsException>(() => PolicyDocument.Parse(policy)).Code);

    [Fact]
    public void Managed_policies_count_and_unknown_ones_are_refused()
    {
        var own = cloud.Iam.PutManagedPolicy(Account, "Own", Policies.Document(Policies.Allow("ssm:*")));
        var role = cloud.Iam.PutRole(
            Account,
            Policies.Role("R") with { ManagedPolicyArns = [own, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"] });

        Assert.True(cloud.Iam.IsAllowed(Session(role), new IamRequest("ssm:GetParameter", Parameter)));
        Assert.True(cloud.Iam.IsAllowed(Session(role), new IamRequest("logs:PutLogEvents", "*")));
        Assert.Equal(
            "NoSuchEntity",
            Assert.Throws<AwsException>(
                () => cloud.Iam.PutRole(Account, Policies.Role("R") with { ManagedPolicyArns = ["arn:aws:iam::aws:policy/Unknown"] })).Code);
    }

    [Fact]
    public void An_administrator_may_do_anything_in_its_own_account_and_nothing_in_another()
    {
        Assert.True(cloud.Iam.IsAllowed(Caller.Root(Account), new IamRequest("ssm:GetParameter", Parameter)));
        Assert.False(cloud.Iam.IsAllowed(Caller.Root(Other), new IamRequest("ssm:GetParameter", Parameter)));
    }

    [Fact]
    public void What_was_allowed_to_roles_is_remembered_once_and_what_was_refused_is_not()
    {
        var role = cloud.Iam.PutRole(Account, Policies.Role("R", Policies.Allow("ssm:GetParameter")));
        foreach (var _ in Enumerable.Range(0, 2)) cloud.Iam.IsAllowed(Session(role), new IamRequest("ssm:GetParameter", Parameter));
        cloud.Iam.IsAllowed(Session(role), new IamRequest("ssm:PutParameter", Parameter));
        cloud.Iam.IsAllowed(Caller.Root(Account), new IamRequest("ssm:DeleteParameter", Parameter));

        Assert.Equal([new ExercisedPermission(role.Arn, "ssm:GetParameter", Parameter)], cloud.Iam.Exercised);
        Assert.Equal(["ssm:GetParameter"], role.Identity.SelectMany(policy => policy.AllowedActions));
    }

    [Fact]
    public async Task A_service_control_policy_refuses_what_everything_else_allows_except_in_the_management_account()
    {
        cloud.Iam.ServiceControl = (call, _) => call.Service == "ssm";
        using var member = new Api(cloud, Account);
        using var management = new Api(cloud, cloud.Options.ManagementAccountId);

        var refused = await Api.RefusedAsync(() => member.JsonAsync("AmazonSSM.DescribeParameters", []));
        await management.JsonAsync("AmazonSSM.DescribeParameters", []);

        Assert.Contains("with an explicit deny in a service control policy", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_call_names_who_what_on_which_resource_and_why()
    {
        var role = cloud.Iam.PutRole(Account, Policies.Role("R"));
        using var api = new Api(cloud, cloud.Sts.OpenSession(role, "s", TimeSpan.FromHours(1)));

        var refused = await Api.RefusedAsync(() => api.JsonAsync("AmazonSSM.GetParameter", new() { ["Name"] = "/BudgetSync/Budgets" }));

        Assert.Equal("AccessDeniedException", refused.Code);
        Assert.Equal(
            $"User: arn:aws:sts::{Account}:assumed-role/R/s is not authorized to perform: ssm:GetParameter on resource: {Parameter} because no "
                + $"identity-based policy allows the ssm:GetParameter action",
            refused.Text);
    }

    private static Caller Session(Role role) => new(role.AccountId, role.Arn, $"arn:aws:sts::{role.AccountId}:assumed-role/{role.Definition.Name}/s");

    private void Check(string statement, bool allowed) => Check([statement], allowed);

    private void Check(string[] statements, bool allowed, ImmutableDictionary<string, ImmutableArray<string>>? context = null)
    {
        var role = cloud.Iam.PutRole(Account, Policies.Role("R", statements));
        var request = new IamRequest("ssm:GetParameter", Parameter) { Context = context ?? ImmutableDictionary<string, ImmutableArray<string>>.Empty };
        Assert.Equal(allowed, cloud.Iam.IsAllowed(Session(role), request));
    }
}
