using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Iam;

public sealed class PolicyVersionTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly LocalCloud cloud = new(new LocalCloudOptions { Time = new FakeTimeProvider(Api.Start) });
    private readonly Api administrator;
    private readonly string arn;

    public PolicyVersionTests()
    {
        administrator = new Api(cloud, Account);
        arn = cloud.Iam.PutManagedPolicy(Account, "Deny", Policies.Document(Policies.Deny("ssm:*")), "/Team/");
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task A_new_default_version_binds_at_once_and_the_old_one_can_be_read()
    {
        var alice = cloud.Iam.PutUser(Account, "alice", Policies.Document(Policies.Allow("ssm:*")));
        await administrator.QueryAsync("iam", "AttachUserPolicy", ("UserName", "alice"), ("PolicyArn", arn));
        var caller = new Caller(Account, alice.Arn, alice.Arn);
        Assert.False(cloud.Iam.IsAllowed(caller, new IamRequest("ssm:GetParameter", "*")));

        await CreateAsync(isDefault: false);
        Assert.False(cloud.Iam.IsAllowed(caller, new IamRequest("ssm:GetParameter", "*")));
        await CreateAsync(isDefault: true);

        Assert.True(cloud.Iam.IsAllowed(caller, new IamRequest("ssm:GetParameter", "*")));
        Assert.Equal("v1 False, v2 False, v3 True", await ListAsync());
    }

    [Fact]
    public async Task There_are_five_versions_and_the_default_one_is_not_deleted()
    {
        for (var number = 2; number <= 5; number++) await CreateAsync(isDefault: true);

        Assert.Equal("LimitExceeded", (await Api.RefusedAsync(() => CreateAsync(isDefault: true))).Code);
        Assert.Equal("DeleteConflict", (await Api.RefusedAsync(() => DeleteAsync("v5"))).Code);
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(() => DeleteAsync("v9"))).Code);
        await DeleteAsync("v1");
        await CreateAsync(isDefault: true);
        // No number comes twice.
        Assert.Equal("v2 False, v3 False, v4 False, v5 False, v6 True", await ListAsync());
    }

    [Fact]
    public async Task A_version_is_a_policy_of_at_most_6144_characters()
    {
        Assert.Equal("MalformedPolicyDocument", (await Api.RefusedAsync(() => CreateAsync(isDefault: true, "{}"))).Code);
        var longer = Policies.Document(Policies.Deny("s:*", new string('r', 6144))).Json;
        Assert.Equal("LimitExceeded", (await Api.RefusedAsync(() => CreateAsync(isDefault: true, longer))).Code);
    }

    [Fact]
    public async Task A_policy_with_other_versions_is_not_deleted()
    {
        await CreateAsync(isDefault: true);

        Assert.Equal("DeleteConflict", Assert.Throws<AwsException>(() => cloud.Iam.DeleteManagedPolicy(arn)).Code);
        await DeleteAsync("v1");
        cloud.Iam.DeleteManagedPolicy(arn);
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(ListAsync)).Code);
    }

    [Fact]
    public async Task Each_operation_needs_its_permission_on_the_policy()
    {
        var person = cloud.Iam.PutUser(Account, "person", Policies.Document(Policies.Allow("iam:*", arn + "x")));
        using var api = new Api(cloud.CreateHandler(), cloud.Iam.CreateAccessKey(person));

        foreach (var operation in new[] { "CreatePolicyVersion", "DeletePolicyVersion", "GetPolicyVersion", "ListPolicyVersions" })
        {
            (string, string)[] members = operation switch
            {
                "CreatePolicyVersion" => [("PolicyArn", arn), ("PolicyDocument", Policies.Document().Json)],
                "ListPolicyVersions" => [("PolicyArn", arn)],
                _ => [("PolicyArn", arn), ("VersionId", "v1")],
            };
            Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => api.QueryAsync("iam", operation, members))).Code);
        }
    }

    /// <summary>IAM user guide, "Principal key values".</summary>
    [Fact]
    public void A_session_is_known_by_its_roles_id_and_its_name()
    {
        const string trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}""";
        const string denied = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
            {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userid":["*:alice@example.com"]}}}]}
            """;
        var role = cloud.Iam.PutRole(Account, new RoleDefinition("Developer", PolicyDocument.Parse(trust))
        {
            Inline = System.Collections.Immutable.ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(denied)),
        });

        Assert.False(May("alice@example.com"));
        Assert.True(May("bob@example.com"));

        bool May(string session) => cloud.Iam.IsAllowed(
            new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Developer/{session}"), new IamRequest("bedrock:InvokeModel", "*"));
    }

    private async Task<string> ListAsync() => string.Join(
        ", ",
        (await administrator.QueryAsync("iam", "ListPolicyVersions", ("PolicyArn", arn))).Descendants()
            .Where(one => one.Name.LocalName == "member")
            .Select(one => one.Elements().ToDictionary(part => part.Name.LocalName, part => part.Value))
            .Select(one => $"{one["VersionId"]} {(one["IsDefaultVersion"] == "true" ? "True" : "False")}"));

    private Task<System.Xml.Linq.XElement> CreateAsync(bool isDefault, string? document = null) => administrator.QueryAsync(
        "iam",
        "CreatePolicyVersion",
        ("PolicyArn", arn),
        ("PolicyDocument", document ?? Policies.Document(Policies.Deny("ec2:*")).Json),
        ("SetAsDefault", isDefault ? "true" : "false"));

    private Task<System.Xml.Linq.XElement> DeleteAsync(string version) =>
        administrator.QueryAsync("iam", "DeletePolicyVersion", ("PolicyArn", arn), ("VersionId", version));
}
