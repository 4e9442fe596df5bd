using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Sts;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Sts;

public sealed class AssumeRoleTests
{
    private const string Management = "999999999999";
    private const string Spoke = "111122223333";
    private const string RoleArn = $"arn:aws:iam::{Spoke}:role/budgets/Writer";

    private const string Trust =
        $$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Management}}:root"},"Action":"sts:AssumeRole",
          "Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::{{Management}}:role/app/Propagate"},
                       "StringEquals":{"aws:PrincipalOrgID":"o-local00000","sts:ExternalId":"BudgetSync"} } } ]}
        """;

    private readonly VirtualClock clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly LocalCloud cloud;
    private readonly Credentials propagate;

    public AssumeRoleTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        cloud.Iam.PutRole(Spoke, Policies.Role("Writer", Trust, []) with { Path = "/budgets/" });
        var role = cloud.Iam.PutRole(
            Management,
            Policies.Role("Propagate", Policies.Allow("sts:AssumeRole", "arn:aws:iam::*:role/budgets/Writer")) with { Path = "/app/" });
        propagate = cloud.Sts.OpenSession(role, "BudgetSync-Propagate", TimeSpan.FromHours(12));
    }

    [Fact]
    public async Task A_session_acts_in_the_roles_account_under_the_assumed_role_arn_without_path()
    {
        var session = await AssumeAsync();
        using var api = new Api(cloud, session);

        var identity = await api.QueryAsync("sts", "GetCallerIdentity");

        Assert.Equal(Spoke, identity.Element("Account")!.Value);
        Assert.Equal($"arn:aws:sts::{Spoke}:assumed-role/Writer/test", identity.Element("Arn")!.Value);
        Assert.EndsWith(":test", identity.Element("UserId")!.Value, StringComparison.Ordinal);
        Assert.StartsWith("ASIA", session.AccessKeyId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_names_the_session_and_when_it_ends()
    {
        using var api = new Api(cloud, propagate);

        var answer =
            await api.QueryAsync(
                "sts",
                "AssumeRole",
                ("RoleArn", RoleArn),
                ("RoleSessionName", "test"),
                ("ExternalId", "BudgetSync"),
                ("DurationSeconds", "900"));

        Assert.Equal($"arn:aws:sts::{Spoke}:assumed-role/Writer/test", answer.Element("AssumedRoleUser")!.Element("Arn")!.Value);
        Assert.Equal("2026-01-01T00:15:00Z", answer.Element("Credentials")!.Element("Expiration")!.Value);
    }

    [Fact]
    public async Task A_session_is_refused_after_its_time()
    {
        var session = await AssumeAsync(("DurationSeconds", "900"));
        using var api = new Api(cloud, session);
        clock.Advance(TimeSpan.FromSeconds(899));
        await api.QueryAsync("sts", "GetCallerIdentity");
        clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Api.RefusedAsync(() => api.QueryAsync("sts", "GetCallerIdentity"));

        Assert.Equal("ExpiredToken", error.Code);
    }

    [Theory]
    [InlineData("Wrong")]
    [InlineData(null)]
    public async Task A_wrong_or_missing_external_id_is_refused(string? externalId)
    {
        using var api = new Api(cloud, propagate);
        (string, string)[] parameters = [("RoleArn", RoleArn), ("RoleSessionName", "test")];

        var error =
            await Api.RefusedAsync(() => api.QueryAsync("sts", "AssumeRole", externalId is null ? parameters : [.. parameters, ("ExternalId", externalId)]));

        Assert.Equal(("AccessDenied", 403), (error.Code, error.Status));
    }

    [Fact]
    public async Task A_missing_role_and_one_that_does_not_trust_look_the_same()
    {
        using var api = new Api(cloud, Caller(Management, "Other", Policies.Allow("sts:AssumeRole")));

        var untrusted = await Api.RefusedAsync(() => AssumeAsync(api, RoleArn));
        var missing = await Api.RefusedAsync(() => AssumeAsync(api, RoleArn + "2"));

        Assert.Equal(untrusted.Text + "2", missing.Text);
        Assert.Equal(
            $"User: arn:aws:sts::{Management}:assumed-role/Other/s is not authorized to perform: sts:AssumeRole on resource: {RoleArn}",
            untrusted.Text);
        Assert.Equal((untrusted.Code, untrusted.Status), (missing.Code, missing.Status));
    }

    [Fact]
    public async Task A_role_arn_without_the_roles_path_names_no_role()
    {
        using var api = new Api(cloud, propagate);

        var error = await Api.RefusedAsync(() => AssumeAsync(api, $"arn:aws:iam::{Spoke}:role/Writer"));

        Assert.Equal("AccessDenied", error.Code);
    }

    [Theory]
    [InlineData("BudgetSyncSpokeRole-of-nowhere")]
    [InlineData("arn:aws:iam::role/budgets/Writer")]
    [InlineData("arn:aws:iam::11112222333:role/Writer")]
    public async Task A_role_arn_that_is_no_arn_is_invalid(string arn)
    {
        using var api = new Api(cloud, propagate);

        var error = await Api.RefusedAsync(() => AssumeAsync(api, arn));

        Assert.Equal(("ValidationError", 400, $"{arn} is invalid"), (error.Code, error.Status, error.Text));
    }

    [Fact]
    public async Task A_caller_whose_own_policy_does_not_allow_it_is_refused_although_it_is_trusted()
    {
        cloud.Iam.PutRole(Management, Policies.Role("Propagate") with { Path = "/app/" });
        using var api = new Api(cloud, propagate);

        var error = await Api.RefusedAsync(() => AssumeAsync(api, RoleArn));

        Assert.Equal("AccessDenied", error.Code);
    }

    [Fact]
    public async Task An_account_of_another_organization_is_refused()
    {
        cloud.Iam.OrganizationOf = account => account == Management ? "o-other00000" : "o-local00000";
        using var api = new Api(cloud, propagate);

        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => AssumeAsync(api, RoleArn))).Code);
    }

    [Fact]
    public async Task A_deleted_role_cannot_be_assumed_and_its_sessions_can_do_nothing()
    {
        var session = await AssumeAsync();
        cloud.Iam.DeleteRole(Spoke, "Writer");
        using var api = new Api(cloud, propagate);

        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => AssumeAsync(api, RoleArn))).Code);
        Assert.False(cloud.Iam.IsAllowed(cloud.Callers.Identify(session.AccessKeyId, session.SessionToken), new IamRequest("ssm:GetParameter", "*")));
    }

    [Theory]
    [InlineData("899")]
    [InlineData("43201")]
    [InlineData("soon")]
    public async Task A_duration_outside_15_minutes_to_12_hours_is_invalid(string seconds)
    {
        using var api = new Api(cloud, propagate);

        var error = await Api.RefusedAsync(() => AssumeAsync(api, RoleArn, ("DurationSeconds", seconds)));

        Assert.Equal(("ValidationError", 400), (error.Code, error.Status));
    }

    [Fact]
    public async Task A_duration_over_the_roles_own_maximum_is_invalid()
    {
        cloud.Iam.PutRole(Spoke, Open("Short"));
        using var api = new Api(cloud, Management);

        var error = await Api.RefusedAsync(() => AssumeAsync(api, $"arn:aws:iam::{Spoke}:role/Short", ("DurationSeconds", "3601")));

        Assert.Contains("MaxSessionDuration", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_a_session_lasts_one_hour_at_most()
    {
        cloud.Iam.PutRole(Spoke, Open("Long") with { MaximumSession = TimeSpan.FromHours(12) });
        using var chained = new Api(cloud, Caller(Management, "Chain", Policies.Allow("sts:AssumeRole")));
        using var person = new Api(cloud, Management);

        var error = await Api.RefusedAsync(() => AssumeAsync(chained, $"arn:aws:iam::{Spoke}:role/Long", ("DurationSeconds", "3601")));
        await AssumeAsync(person, $"arn:aws:iam::{Spoke}:role/Long", ("DurationSeconds", "43200"));

        Assert.Contains("role chaining", error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("with space")]
    [InlineData("")]
    public async Task A_session_name_outside_its_letters_or_length_is_invalid(string name)
    {
        using var api = new Api(cloud, propagate);

        var error =
            await Api.RefusedAsync(() => api.QueryAsync("sts", "AssumeRole", ("RoleArn", RoleArn), ("RoleSessionName", name), ("ExternalId", "BudgetSync")));

        Assert.Equal("ValidationError", error.Code);
    }

    [Fact]
    public async Task A_parameter_that_is_not_known_is_refused_by_name()
    {
        using var api = new Api(cloud, propagate);

        var error = await Api.RefusedAsync(() => AssumeAsync(api, RoleArn, ("SourceIdentity", "me")));

        Assert.Contains("SourceIdentity", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_beyond_the_quota_of_the_calling_account_are_throttled_until_the_clock_moves_on()
    {
        cloud.Sts.RequestsPerSecond = 2;
        using var first = new Api(cloud, Management);
        using var other = new Api(cloud, Spoke);
        await first.QueryAsync("sts", "GetCallerIdentity");
        await first.QueryAsync("sts", "GetCallerIdentity");

        var error = await Api.RefusedAsync(() => first.QueryAsync("sts", "GetCallerIdentity"));
        await other.QueryAsync("sts", "GetCallerIdentity");
        clock.Advance(TimeSpan.FromSeconds(0.5));
        await first.QueryAsync("sts", "GetCallerIdentity");

        Assert.Equal(("Throttling", 400), (error.Code, error.Status));
    }

    [Fact]
    public async Task A_role_that_has_just_come_looks_missing_for_as_long_as_is_set()
    {
        cloud.Sts.NewRoleDelay = TimeSpan.FromSeconds(10);
        using var api = new Api(cloud, propagate);

        var missing = await Api.RefusedAsync(() => AssumeAsync(api, RoleArn + "2"));
        clock.Advance(TimeSpan.FromSeconds(9.9));
        var early = await Api.RefusedAsync(() => AssumeAsync(api, RoleArn));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await AssumeAsync(api, RoleArn);

        Assert.Equal((missing.Code, missing.Status, missing.Text), (early.Code, early.Status, early.Text + "2"));
    }

    private static RoleDefinition Open(string name) => Policies.Role(
        name,
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}""",
        []);

    private Credentials Caller(string account, string name, params string[] statements) =>
        cloud.Sts.OpenSession(cloud.Iam.PutRole(account, Policies.Role(name, statements)), "s", TimeSpan.FromHours(1));

    private async Task<Credentials> AssumeAsync(params (string Name, string Value)[] more)
    {
        using var api = new Api(cloud, propagate);
        return await AssumeAsync(api, RoleArn, more);
    }

    private static async Task<Credentials> AssumeAsync(Api api, string roleArn, params (string Name, string Value)[] more)
    {
        var answer = await api.QueryAsync("sts", "AssumeRole", [("RoleArn", roleArn), ("RoleSessionName", "test"), ("ExternalId", "BudgetSync"), .. more]);
        var credentials = answer.Element("Credentials")!;
        return new Credentials(
            credentials.Element("AccessKeyId")!.Value,
            credentials.Element("SecretAccessKey")!.Value,
            credentials.Element("SessionToken")!.Value,
            DateTimeOffset.MinValue);
    }
}
