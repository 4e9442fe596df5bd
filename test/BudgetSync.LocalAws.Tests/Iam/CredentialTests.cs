namespace BudgetSync.LocalAws.Tests.Iam;

public sealed class CredentialTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly FakeTimeProvider clock = new(Api.Start);
    private readonly LocalCloud cloud;
    private readonly Api administrator;

    public CredentialTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        administrator = new Api(cloud, Account);
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task Credentials_are_listed_of_one_user_or_of_all_and_by_service()
    {
        var (alice, bob) = (cloud.Iam.PutUser(Account, "alice", Policies.Document()), cloud.Iam.PutUser(Account, "bob", Policies.Document()));
        var key = cloud.Iam.CreateCredential(alice);
        cloud.Iam.CreateCredential(alice, "codecommit.amazonaws.com");
        var other = cloud.Iam.CreateCredential(bob);

        Assert.Equal([key.Id], await IdsAsync(("UserName", "alice"), ("ServiceName", "bedrock.amazonaws.com")));
        Assert.Equal([key.Id, other.Id], await IdsAsync(("AllUsers", "true"), ("ServiceName", "bedrock.amazonaws.com")));
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(() => IdsAsync(("UserName", "carol")))).Code);
        Assert.Equal("ValidationError", (await Api.RefusedAsync(() => IdsAsync(("UserName", "alice"), ("AllUsers", "true")))).Code);
    }

    [Fact]
    public async Task A_credential_is_set_Inactive_and_Active_again_until_its_time_is_over()
    {
        var alice = cloud.Iam.PutUser(Account, "alice", Policies.Document());
        var key = cloud.Iam.CreateCredential(alice, expires: Api.Start.AddDays(1));

        await SetAsync(key.Id, "Inactive");
        Assert.Equal("Inactive", cloud.Iam.FindCredential(Account, key.Id)!.Status);
        await SetAsync(key.Id, "Active");
        Assert.Equal("Active", cloud.Iam.FindCredential(Account, key.Id)!.Status);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("Expired", cloud.Iam.FindCredential(Account, key.Id)!.Status);
        Assert.Equal("ValidationError", (await Api.RefusedAsync(() => SetAsync(key.Id, "Active"))).Code);
        Assert.Equal("NoSuchEntity", (await Api.RefusedAsync(() => SetAsync("ACCA00000000000000099", "Inactive"))).Code);
    }

    [Fact]
    public async Task Both_need_their_permission_on_the_user()
    {
        var alice = cloud.Iam.PutUser(Account, "alice", Policies.Document());
        var key = cloud.Iam.CreateCredential(alice);
        var person = cloud.Iam.PutUser(
            Account, "person", Policies.Document(Policies.Allow("iam:UpdateServiceSpecificCredential", $"arn:aws:iam::{Account}:user/BedrockAPIKey-*")));
        using var api = new Api(cloud.CreateHandler(), cloud.Iam.CreateAccessKey(person));

        var denied = await Api.RefusedAsync(() => SetAsync(key.Id, "Inactive", api));

        Assert.Equal("AccessDenied", denied.Code);
        Assert.Contains($"user/alice", denied.Text, StringComparison.Ordinal);
    }

    private async Task<List<string>> IdsAsync(params (string, string)[] parameters) =>
        [.. (await administrator.QueryAsync("iam", "ListServiceSpecificCredentials", parameters))
            .Descendants("ServiceSpecificCredentialId").Select(id => id.Value)];

    private Task<System.Xml.Linq.XElement> SetAsync(string id, string status, Api? by = null) => (by ?? administrator).QueryAsync(
        "iam", "UpdateServiceSpecificCredential", ("UserName", "alice"), ("ServiceSpecificCredentialId", id), ("Status", status));
}
