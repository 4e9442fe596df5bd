using System.Xml.Linq;

namespace BudgetSync.LocalAws.Tests.Iam;

public sealed class PolicyQuotaTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly LocalCloud cloud = new(new LocalCloudOptions { Time = new FakeTimeProvider(Api.Start) });
    private readonly Api administrator;

    public PolicyQuotaTests() => administrator = new Api(cloud, Account);

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task What_is_attached_and_how_much_may_be_is_told()
    {
        var deny = Policies.Document(Policies.Deny("ssm:*"));
        var arns = new[] { "One", "Two" }.Select(name => cloud.Iam.PutManagedPolicy(Account, name, deny, "/Team/")).ToList();
        cloud.Iam.PutRole(Account, Policies.Role("Worker") with { ManagedPolicyArns = [.. arns, "arn:aws:iam::aws:policy/AdministratorAccess"] });
        cloud.Iam.PutUser(Account, "alice", Policies.Document());
        await administrator.QueryAsync("iam", "AttachUserPolicy", ("UserName", "alice"), ("PolicyArn", arns[0]));

        var first = await administrator.QueryAsync("iam", "ListAttachedRolePolicies", ("RoleName", "Worker"), ("MaxItems", "2"));
        var second = await administrator.QueryAsync(
            "iam", "ListAttachedRolePolicies", ("RoleName", "Worker"), ("MaxItems", "2"), ("Marker", first.Element("Marker")!.Value));
        var team = await administrator.QueryAsync("iam", "ListAttachedRolePolicies", ("RoleName", "Worker"), ("PathPrefix", "/Team/"));
        var alice = await administrator.QueryAsync("iam", "ListAttachedUserPolicies", ("UserName", "alice"));
        cloud.Iam.PoliciesPerEntity = 20;
        var summary = await administrator.QueryAsync("iam", "GetAccountSummary");

        Assert.Equal(["One", "Two", "AdministratorAccess"], [.. Names(first), .. Names(second)]);
        Assert.Equal(arns, team.Descendants("PolicyArn").Select(one => one.Value));
        Assert.Equal(["One"], Names(alice));
        var quotas = summary.Descendants("entry").Where(entry => entry.Element("key")!.Value.StartsWith("AttachedPolicies", StringComparison.Ordinal));
        Assert.Equal(["20", "20"], quotas.Select(entry => entry.Element("value")!.Value));
        Assert.Equal(
            "NoSuchEntity", (await Api.RefusedAsync(() => administrator.QueryAsync("iam", "ListAttachedRolePolicies", ("RoleName", "Nobody")))).Code);
        Assert.Equal(
            "NoSuchEntity", (await Api.RefusedAsync(() => administrator.QueryAsync("iam", "ListAttachedUserPolicies", ("UserName", "nobody")))).Code);
    }

    [Fact]
    public async Task Each_needs_its_own_permission()
    {
        cloud.Iam.PutRole(Account, Policies.Role("Worker") with { Path = "/team/" });
        var user = cloud.Iam.PutUser(
            Account, "alice", Policies.Document(Policies.Allow("iam:ListAttachedRolePolicies", $"arn:aws:iam::{Account}:role/team/*")));
        using var alice = new Api(cloud.CreateHandler(), cloud.Iam.CreateAccessKey(user));

        await alice.QueryAsync("iam", "ListAttachedRolePolicies", ("RoleName", "Worker"));

        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => alice.QueryAsync("iam", "ListAttachedUserPolicies", ("UserName", "alice")))).Code);
        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => alice.QueryAsync("iam", "GetAccountSummary"))).Code);
    }

    private static List<string> Names(XElement answer) => [.. answer.Descendants("PolicyName").Select(one => one.Value)];
}
