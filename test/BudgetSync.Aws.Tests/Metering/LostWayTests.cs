using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>Whom IAM gives no way to suspend any more, or says nothing of: what was taken of it is given back, and what is not known is said.</summary>
public sealed class LostWayTests
{
    private const string Account = MeteredWorld.Account;
    private const string Role = "role/DataScience";
    private const string Alice = "person/alice@example.com";
    private const string Key = "BedrockAPIKey-ab12";
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""";
    private const string Nothing = """{"Version":"2012-10-17","Statement":[]}""";
    private const string Armed = """{"Default":{"Limit":1,"Window":"30d","Warn":70,"Critical":90,"Grace":"5m","Mode":"ARMED","Shared":true}}""";

    /// <summary>The next deployment exempts a role that is suspended now: the policy would stay attached, and bind again when it exempts it no more.</summary>
    [Fact]
    public async Task A_suspended_role_that_the_policy_comes_to_exempt_is_detached()
    {
        await using var world = await MeteredWorld.CreateAsync(Exempting("Other"));
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(Trust)));
        await world.AskAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Suspended", await world.StateAsync(Role));

        world.Deploy(Exempting("DataScience"));
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("Exceeded", await world.StateAsync(Role));
        Assert.Empty(world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition.ManagedPolicyArns);
    }

    /// <summary>The account's last permission set goes while somebody is suspended, the window ends, and it comes again.</summary>
    [Fact]
    public async Task A_suspended_person_whose_permission_set_goes_is_not_denied_when_it_comes_again()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var developer = world.AddPermissionSet("Developer", refers: true);
        await world.AskAsync(Armed);
        await world.Meter().CountAsync(MeteredWorld.Batch(world.Record(developer, input: 3_000_000, session: "alice@example.com")), default);
        await world.Budgets().SettleAsync(default);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(("Suspended", false), (await world.StateAsync(Alice), world.May(developer, "alice@example.com")));

        world.Cloud.Iam.DeleteRole(Account, developer);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Exceeded", await world.StateAsync(Alice));
        world.AddPermissionSet("Developer", refers: true);

        Assert.True(world.May(developer, "alice@example.com"));
    }

    /// <summary>Whom somebody else names in the policy stays named, while others are suspended and given back.</summary>
    [Fact]
    public async Task Whom_somebody_else_named_stays_named_where_there_is_no_permission_set()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var text = MeteredWorld.NobodyDenied.Replace("\"-\"", "\"*:bob@example.com\"", StringComparison.Ordinal);
        world.Cloud.Iam.PutManagedPolicy(Account, BudgetSync.Core.Ai.PeoplePolicy.Name, PolicyDocument.Parse(text), "/BudgetSync/");
        await world.AskAsync(Armed);

        await world.PassAsync(TimeSpan.FromMinutes(5));

        var developer = world.AddPermissionSet("Developer", refers: true);
        Assert.False(world.May(developer, "bob@example.com"));
    }

    /// <summary>A service control policy keeps Meter from listing keys: what was used and what cannot be done is said all the same.</summary>
    [Fact]
    public async Task A_user_whose_keys_cannot_be_listed_is_warned_of_and_called_unattachable()
    {
        await using var world = await MeteredWorld.CreateAsync();
        world.Cloud.Iam.PutUser(Account, Key, PolicyDocument.Parse(Nothing));
        await world.AskAsync(Armed);
        world.Cloud.Faults.OnCalls(call => call.Operation == "ListServiceSpecificCredentials"
            ? new Fault.Refusal(new AwsException("AccessDenied", "a service control policy says no", 403))
            : null);

        await world.SpendAsync(Key, 0.75m);
        Assert.Equal("Warned", await world.StateAsync(Key));
        await world.SpendAsync(Key, 2);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("Exceeded", await world.StateAsync(Key));
        var line = Assert.Single((await world.Budgets().SettleAsync(default))!.Value.Report.Lines);
        Assert.StartsWith("IAM cannot be asked: iam:ListServiceSpecificCredentials answered AccessDenied", line.Unattachable, StringComparison.Ordinal);
        // When it can be asked again, a grace begins as for anybody.
        world.Cloud.Faults.Reset();
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Grace", await world.StateAsync(Key));
    }

    private static string Exempting(string role) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonObject
        {
            ["Effect"] = "Deny",
            ["Action"] = "bedrock:InvokeModel",
            ["Resource"] = "*",
            ["Condition"] = new JsonObject { ["ArnNotLike"] = new JsonObject { ["aws:PrincipalARN"] = new JsonArray($"arn:*:iam::*:role/{role}") } },
        },
    }.ToJsonString();
}
