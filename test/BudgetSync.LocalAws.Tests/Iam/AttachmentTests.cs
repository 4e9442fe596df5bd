using System.Xml.Linq;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Iam;

public sealed class AttachmentTests : IDisposable
{
    private const string Account = "111122223333";
    private const string DenyArn = $"arn:aws:iam::{Account}:policy/Team/DenyParameters";

    private readonly LocalCloud cloud = new(new LocalCloudOptions { Time = new FakeTimeProvider(Api.Start) });
    private readonly Api administrator;

    public AttachmentTests()
    {
        administrator = new Api(cloud, Account);
        cloud.Iam.PutManagedPolicy(Account, "DenyParameters", Policies.Document(Policies.Deny("ssm:*")), "/Team/");
        cloud.Iam.PutRole(Account, Policies.Role("Worker", Policies.Allow("*")));
        cloud.Iam.PutUser(Account, "alice", Policies.Document(Policies.Allow("*")));
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task An_attached_policy_binds_the_role_until_it_is_detached()
    {
        Assert.True(WorkerMayRead());
        await RoleAsync("AttachRolePolicy", "Worker");
        await RoleAsync("AttachRolePolicy", "Worker");
        Assert.False(WorkerMayRead());

        await RoleAsync("DetachRolePolicy", "Worker");

        Assert.True(WorkerMayRead());
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(() => RoleAsync("DetachRolePolicy", "Worker"))).Code);
    }

    [Fact]
    public async Task A_user_calls_with_a_key_and_is_bound_like_a_role()
    {
        using var alice = new Api(cloud.CreateHandler(), cloud.Iam.CreateAccessKey(cloud.Iam.FindUser(Account, "alice")!));
        Assert.Equal(
            $"arn:aws:iam::{Account}:user/alice", (await alice.QueryAsync("sts", "GetCallerIdentity")).Descendants("Arn").Single().Value);
        await UserAsync("AttachUserPolicy");

        var refused = await Api.RefusedAsync(() => alice.JsonAsync("AmazonSSM.DescribeParameters", []));
        await UserAsync("DetachUserPolicy");
        await alice.JsonAsync("AmazonSSM.DescribeParameters", []);

        Assert.Contains($"User: arn:aws:iam::{Account}:user/alice is not authorized", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_of_a_policy_are_listed_in_pages()
    {
        cloud.Iam.PutRole(Account, Policies.Role("Second"));
        await RoleAsync("AttachRolePolicy", "Worker");
        await RoleAsync("AttachRolePolicy", "Second");
        await UserAsync("AttachUserPolicy");

        var first = await administrator.QueryAsync("iam", "ListEntitiesForPolicy", ("PolicyArn", DenyArn), ("MaxItems", "2"));
        var second = await administrator.QueryAsync(
            "iam", "ListEntitiesForPolicy", ("PolicyArn", DenyArn), ("MaxItems", "2"), ("Marker", first.Element("Marker")!.Value));
        var roles = await administrator.QueryAsync("iam", "ListEntitiesForPolicy", ("PolicyArn", DenyArn), ("EntityFilter", "Role"));

        Assert.Equal(["Second", "Worker"], Names(first, "RoleName"));
        Assert.Equal(("true", "false"), (first.Element("IsTruncated")!.Value, second.Element("IsTruncated")!.Value));
        Assert.Equal(["alice"], Names(second, "UserName"));
        Assert.Empty(Names(roles, "UserName"));
        Assert.Equal("ValidationError", (await Api.RefusedAsync(
            () => administrator.QueryAsync("iam", "ListEntitiesForPolicy", ("PolicyArn", DenyArn), ("Marker", "x")))).Code);
    }

    [Fact]
    public async Task Roles_and_users_of_the_account_are_listed_by_path()
    {
        cloud.Iam.PutRole("444455556666", Policies.Role("Foreign"));
        cloud.Iam.PutRole(Account, Policies.Role("Deep") with { Path = "/deep/" });

        var all = await administrator.QueryAsync("iam", "ListRoles");
        var deep = await administrator.QueryAsync("iam", "ListRoles", ("PathPrefix", "/deep/"));
        var users = await administrator.QueryAsync("iam", "ListUsers");

        Assert.Equal(["Deep", "Worker"], Names(all, "RoleName"));
        Assert.Equal(("Deep", "2026-05-20T10:30:00Z"), (Names(deep, "RoleName").Single(), deep.Descendants("CreateDate").Single().Value));
        Assert.Equal(["alice"], Names(users, "UserName"));
    }

    [Fact]
    public async Task A_role_has_ten_managed_policies_and_no_more()
    {
        var arns = Enumerable.Range(0, 10).Select(number => cloud.Iam.PutManagedPolicy(Account, $"P{number}", Policies.Document())).ToArray();
        cloud.Iam.PutRole(Account, Policies.Role("Full") with { ManagedPolicyArns = [.. arns] });

        var refused = await Api.RefusedAsync(() => RoleAsync("AttachRolePolicy", "Full"));

        Assert.Equal(("LimitExceeded", 409, "Cannot exceed quota for PoliciesPerRole: 10"), (refused.Code, refused.Status, refused.Text));
    }

    [Theory]
    [InlineData("/aws-reserved/sso.amazonaws.com/")]
    [InlineData("/aws-service-role/support.amazonaws.com/")]
    public async Task A_role_that_is_AWSs_own_is_not_changed(string path)
    {
        cloud.Iam.PutRole(Account, Policies.Role("Protected") with { Path = path });

        Assert.Equal("UnmodifiableEntity", (await Api.RefusedAsync(() => RoleAsync("AttachRolePolicy", "Protected"))).Code);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_attached_nor_listed()
    {
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(() => RoleAsync("AttachRolePolicy", "Nobody"))).Code);
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(() => administrator.QueryAsync(
            "iam", "AttachRolePolicy", ("RoleName", "Worker"), ("PolicyArn", $"arn:aws:iam::{Account}:policy/Nothing")))).Code);
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(
            () => administrator.QueryAsync("iam", "ListEntitiesForPolicy", ("PolicyArn", $"arn:aws:iam::{Account}:policy/Nothing")))).Code);
    }

    [Fact]
    public async Task IAM_is_told_which_policy_is_attached_and_asked_about_the_role()
    {
        var condition = $$"""{"ArnLike":{"iam:PolicyARN":"arn:aws:iam::{{Account}}:policy/Team/*"} }""";
        var responder = cloud.Iam.PutRole(
            Account,
            Policies.Role(
                "Responder",
                $$"""{"Effect":"Allow","Action":"iam:AttachRolePolicy","Resource":"arn:aws:iam::{{Account}}:role/Work*","Condition":{{condition}} }"""));
        cloud.Iam.PutManagedPolicy(Account, "Administrator", Policies.Document(Policies.Allow("*")));
        cloud.Iam.PutRole(Account, Policies.Role("Other"));
        using var api = new Api(cloud, cloud.Sts.OpenSession(responder, "session", TimeSpan.FromHours(1)));

        await api.QueryAsync("iam", "AttachRolePolicy", ("RoleName", "Worker"), ("PolicyArn", DenyArn));

        foreach (var (role, policy) in new[] { ("Worker", $"arn:aws:iam::{Account}:policy/Administrator"), ("Other", DenyArn) })
        {
            var refused = await Api.RefusedAsync(() => api.QueryAsync("iam", "AttachRolePolicy", ("RoleName", role), ("PolicyArn", policy)));
            Assert.Equal(("AccessDenied", 403), (refused.Code, refused.Status));
        }
    }

    [Fact]
    public void A_changed_policy_is_taken_up_by_what_it_is_attached_to()
    {
        cloud.Iam.AttachToRole(Account, "Worker", DenyArn);

        cloud.Iam.PutManagedPolicy(Account, "DenyParameters", Policies.Document(Policies.Deny("ec2:*")), "/Team/");

        Assert.True(WorkerMayRead());
    }

    [Fact]
    public void A_roles_tags_are_conditions_of_its_calls()
    {
        const string condition = """{"StringNotEquals":{"aws:PrincipalTag/protect":"true"} }""";
        cloud.Iam.PutManagedPolicy(
            Account, "DenyParameters", Policies.Document($$"""{"Effect":"Deny","Action":"ssm:*","Resource":"*","Condition":{{condition}} }"""), "/Team/");
        cloud.Iam.AttachToRole(Account, "Worker", DenyArn);
        Assert.False(WorkerMayRead());

        var worker = cloud.Iam.FindRole(Account, "Worker")!;
        cloud.Iam.PutRole(Account, worker.Definition with { Tags = worker.Definition.Tags.Add("protect", "true") });

        Assert.True(WorkerMayRead());
    }

    [Fact]
    public void A_managed_policy_has_6144_characters()
    {
        var empty = Policies.Document(Policies.Deny("s:*", "")).Json.Length;

        cloud.Iam.PutManagedPolicy(Account, "Long", Policies.Document(Policies.Deny("s:*", new string('r', 6144 - empty))));

        var longer = Policies.Document(Policies.Deny("s:*", new string('r', 6145 - empty)));
        Assert.Equal("LimitExceeded", Assert.Throws<AwsException>(() => cloud.Iam.PutManagedPolicy(Account, "Longer", longer)).Code);
    }

    private static string[] Names(XElement answer, string member) => [.. answer.Descendants(member).Select(name => name.Value)];

    private bool WorkerMayRead() => cloud.Iam.IsAllowed(
        new Caller(Account, $"arn:aws:iam::{Account}:role/Worker", $"arn:aws:sts::{Account}:assumed-role/Worker/s"),
        new IamRequest("ssm:GetParameter", $"arn:aws:ssm:us-east-1:{Account}:parameter/p"));

    private Task<XElement> RoleAsync(string operation, string role) =>
        administrator.QueryAsync("iam", operation, ("RoleName", role), ("PolicyArn", DenyArn));

    private Task<XElement> UserAsync(string operation) =>
        administrator.QueryAsync("iam", operation, ("UserName", "alice"), ("PolicyArn", DenyArn));
}
