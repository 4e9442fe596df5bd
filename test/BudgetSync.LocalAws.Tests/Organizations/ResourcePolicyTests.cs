using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.LocalAws.Tests.Organizations;

public sealed class ResourcePolicyTests : OrganizationTestBed
{
    private const string Content = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"bedrock:*","Resource":"*"}]}""";

    [Fact]
    public async Task The_one_policy_is_put_over_the_one_before_described_and_deleted()
    {
        Assert.Equal("ResourcePolicyNotFoundException", await RefusedAsync("DescribeResourcePolicy", "{}"));
        await PutAsync(Statement("organizations:ListRoots"));
        await PutAsync(Statement("organizations:List*"));

        var policy = (await CallAsync("DescribeResourcePolicy"))["ResourcePolicy"]!;
        Assert.Contains("organizations:List*", policy["Content"]!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            $"arn:aws:organizations::{Management}:resourcepolicy/o-local00000/rp-",
            policy["ResourcePolicySummary"]!["Arn"]!.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("AccessDeniedException", await RefusedAsync("DescribeResourcePolicy", "{}", Member));
        Assert.Equal("AccessDeniedException", await RefusedAsync("DeleteResourcePolicy", "{}", Member));

        await CallAsync("DeleteResourcePolicy");
        Assert.Equal("ResourcePolicyNotFoundException", await RefusedAsync("DeleteResourcePolicy", "{}"));
        Assert.Equal("AccessDeniedException", await RefusedAsync("ListRoots", "{}", Member));
    }

    [Fact]
    public async Task A_delegated_account_does_what_its_statement_says_and_nothing_else()
    {
        cloud.Organizations.EnableServiceControlPolicies();
        var other = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Other");
        var id = (await CallAsync("CreatePolicy", Create("First")))["Policy"]!["PolicySummary"]!["Id"]!.ToString();
        var attachment = $"{{'PolicyId':'{id}','TargetId':'{Member}'}}";
        Assert.StartsWith("AccessDenied", await RefusedAsync("AttachPolicy", attachment, Member), StringComparison.Ordinal);
        Assert.StartsWith("AccessDenied", await RefusedAsync("CreatePolicy", Create("Second"), Member), StringComparison.Ordinal);

        await PutAsync(Statement(
            "organizations:AttachPolicy",
            $"arn:aws:organizations::{Management}:account/*/{Member}", $"arn:aws:organizations::{Management}:policy/*/service_control_policy/{id}"));

        await CallAsync("AttachPolicy", attachment, Member);
        Assert.StartsWith("AccessDenied", await RefusedAsync("DetachPolicy", attachment, Member), StringComparison.Ordinal);
        Assert.StartsWith("AccessDenied", await RefusedAsync("AttachPolicy", $"{{'PolicyId':'{id}','TargetId':'{other}'}}", Member), StringComparison.Ordinal);
        Assert.StartsWith("AccessDenied", await RefusedAsync("CreatePolicy", Create("Second"), Member), StringComparison.Ordinal);
        Assert.StartsWith("AccessDenied", await RefusedAsync("ListAccounts", "{}", Member), StringComparison.Ordinal);
        Assert.StartsWith("AccessDenied", await RefusedAsync("CloseAccount", $"{{'AccountId':'{Member}'}}", Member), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_on_the_policy_type_and_the_callers_own_policies_hold_too()
    {
        var statement = JsonNode.Parse(Statement("organizations:CreatePolicy"))!;
        statement["Condition"] = JsonNode.Parse("""{"StringEquals":{"organizations:PolicyType":"TAG_POLICY"}}""");
        await PutAsync(statement.ToJsonString());
        Assert.StartsWith("AccessDenied", await RefusedAsync("CreatePolicy", Create("First"), Member), StringComparison.Ordinal);

        statement["Condition"] = JsonNode.Parse("""{"StringEquals":{"organizations:PolicyType":"SERVICE_CONTROL_POLICY"}}""");
        await PutAsync(statement.ToJsonString());
        await CallAsync("CreatePolicy", Create("First"), Member);
        cloud.Iam.PutRole(Member, Role("Reader", "organizations:List*"));
        cloud.Iam.PutRole(Member, Role("Writer", "organizations:CreatePolicy"));

        var refused = await Assert.ThrowsAsync<AwsException>(() => AsRoleAsync("Reader", "Second"));
        Assert.StartsWith("AccessDenied", refused.Code, StringComparison.Ordinal);
        await AsRoleAsync("Writer", "Second");
    }

    [Theory]
    [InlineData("{", "INVALID_RESOURCE_POLICY_JSON")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"organizations:ListRoots","Resource":"*"}}""", "INVALID_PRINCIPAL")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"organizations:ListRoots","Resource":"*"}}""", "INVALID_PRINCIPAL")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"organizations:ListRoots","Resource":"*"}}""",
        "INVALID_PRINCIPAL")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"organizations:*","Resource":"*"}}""",
        "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"organizations:CloseAccount","Resource":"*"}}""",
        "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY")]
    public async Task A_policy_that_cannot_be_is_refused_with_its_reason(string content, string reason)
    {
        var refused = await Assert.ThrowsAsync<AwsException>(
            () => InvokeAsync(Caller.Root(Management), "PutResourcePolicy", new JsonObject { ["Content"] = content }));

        Assert.Equal(("InvalidInputException", reason), (refused.Code, refused.Members!["Reason"]!.ToString()));
        Assert.Equal("AccessDeniedException", await RefusedAsync("PutResourcePolicy", "{'Content':'{}'}", Member));
    }

    private static string Statement(string action, params string[] resources) => new JsonObject
    {
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["AWS"] = $"arn:aws:iam::{Member}:root" },
        ["Action"] = action,
        ["Resource"] = resources.Length == 0 ? "*" : new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
    }.ToJsonString();

    private static string Create(string name) =>
        new JsonObject { ["Name"] = name, ["Description"] = "", ["Type"] = "SERVICE_CONTROL_POLICY", ["Content"] = Content }.ToJsonString();

    private static RoleDefinition Role(string name, string action) =>
        new(name, PolicyDocument.Parse("""{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"""))
        {
            Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add(
                "All", PolicyDocument.Parse($$"""{"Statement":{"Effect":"Allow","Action":"{{action}}","Resource":"*"} }""")),
        };

    private Task<JsonObject> AsRoleAsync(string role, string policy) => InvokeAsync(
        new Caller(Member, cloud.Iam.FindRole(Member, role)!.Arn, $"arn:aws:sts::{Member}:assumed-role/{role}/test"),
        "CreatePolicy",
        JsonNode.Parse(Create(policy))!.AsObject());

    private Task<JsonObject> InvokeAsync(Caller caller, string operation, JsonObject input) => cloud.Gateway.InvokeAsync(
        cloud.Organizations, new AwsCall("organizations", operation, caller, "us-east-1", input), CancellationToken.None);

    private Task<JsonObject> PutAsync(string statement) => InvokeAsync(
        Caller.Root(Management),
        "PutResourcePolicy",
        new JsonObject { ["Content"] = $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""" });
}
