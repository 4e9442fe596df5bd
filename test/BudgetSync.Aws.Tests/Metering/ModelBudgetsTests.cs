using BudgetSync.Aws.Metering;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>The loop from what was spent to what IAM lets a principal do, and back.</summary>
public sealed class ModelBudgetsTests
{
    private const string Account = MeteredWorld.Account;
    private const string Role = "role/DataScience";
    private const string Key = "BedrockAPIKey-ab12";
    private const string PolicyArn = $"arn:aws:iam::{Account}:policy/BudgetSync/{ModelSuspension.Policy}";

    private const string Armed = """{"Default":{"Limit":1,"Window":"DAILY","Warn":70,"Critical":90,"Grace":"5m","Mode":"ARMED","Shared":true}}""";

    [Fact]
    public async Task A_role_is_warned_told_and_suspended_after_its_grace_and_not_before()
    {
        await using var world = await CreateAsync();

        await world.SpendAsync("DataScience", 0.7m);
        Assert.Equal("Warned", await world.StateAsync(Role));
        await world.SpendAsync("DataScience", 0.2m);
        Assert.Equal("Critical", await world.StateAsync(Role));
        await world.SpendAsync("DataScience", 0.1m);
        Assert.Equal(("Grace", false), (await world.StateAsync(Role), IsBound(world)));
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        await world.Budgets().SettleAsync(default);
        Assert.False(IsBound(world));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Budgets().SettleAsync(default);

        Assert.Equal(("Suspended", true), (await world.StateAsync(Role), IsBound(world)));
        Assert.Equal((true, 1m), await SettledAsync(world));
        await world.TellAsync();
        Assert.Equal((false, 1m), await SettledAsync(world));
    }

    [Fact]
    public async Task A_suspension_that_somebody_undid_comes_back_without_another_grace()
    {
        await using var world = await SuspendedAsync();

        world.Cloud.Iam.PutRole(Account, world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition with { ManagedPolicyArns = [] });
        await world.Budgets().SettleAsync(default);

        Assert.Equal(("Suspended", true), (await world.StateAsync(Role), IsBound(world)));
    }

    [Fact]
    public async Task A_new_window_gives_back()
    {
        await using var world = await SuspendedAsync();

        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Budgets().SettleAsync(default);

        Assert.Equal(("Active", false), (await world.StateAsync(Role), IsBound(world)));
    }

    [Theory]
    [InlineData("Active", """{"Default":{"Limit":5,"Window":"DAILY","Grace":"0m","Mode":"ARMED","Shared":true}}""")]
    [InlineData("Exceeded", """{"Default":{"Limit":1,"Window":"DAILY","Grace":"0m","Mode":"WATCH","Shared":true}}""")]
    [InlineData("Exceeded", """{"Default":{"Limit":1,"Window":"DAILY","Grace":"0m","Mode":"ARMED"}}""")]
    public async Task A_row_that_asks_for_it_no_more_gives_back(string state, string ai)
    {
        await using var world = await SuspendedAsync();

        await world.AskAsync(ai);
        await world.Budgets().SettleAsync(default);

        Assert.Equal((state, false), (await world.StateAsync(Role), IsBound(world)));
    }

    [Fact]
    public async Task A_row_that_only_watches_or_does_not_name_roles_suspends_nobody()
    {
        foreach (var ai in new[] { Armed.Replace("ARMED", "WATCH", StringComparison.Ordinal), Armed.Replace(",\"Shared\":true", "", StringComparison.Ordinal) })
        {
            await using var world = await CreateAsync();
            await world.AskAsync(ai);

            await world.SpendAsync("DataScience", 5);
            world.Clock.Advance(TimeSpan.FromMinutes(10));
            await world.Budgets().SettleAsync(default);

            Assert.Equal(("Exceeded", false), (await world.StateAsync(Role), IsBound(world)));
        }
    }

    [Fact]
    public async Task A_long_term_key_is_set_Inactive_and_only_that_is_given_back()
    {
        await using var world = await CreateAsync();
        var user = world.Cloud.Iam.PutUser(Account, Key, PolicyDocument.Parse(Nothing));
        var (active, inactive) = (world.Cloud.Iam.CreateCredential(user), world.Cloud.Iam.CreateCredential(user));
        world.Cloud.Iam.SetCredential(Account, Key, inactive.Id, "Inactive");

        await world.SpendAsync(Key, 2);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.Budgets().SettleAsync(default);

        Assert.Equal(("Suspended", "Inactive"), (await world.StateAsync(Key), Status(world, active)));
        // It may have access keys besides.
        Assert.Contains(PolicyArn, world.Cloud.Iam.FindUser(Account, Key)!.ManagedPolicyArns);

        // Somebody sets it Active again: drift. And then the window is over.
        world.Cloud.Iam.SetCredential(Account, Key, active.Id, "Active");
        await world.Budgets().SettleAsync(default);
        Assert.Equal(("Suspended", "Inactive"), (await world.StateAsync(Key), Status(world, active)));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Budgets().SettleAsync(default);
        Assert.Equal(("Active", "Active", "Inactive"), (await world.StateAsync(Key), Status(world, active), Status(world, inactive)));
        Assert.Empty(world.Cloud.Iam.FindUser(Account, Key)!.ManagedPolicyArns);
    }

    [Fact]
    public async Task What_has_no_price_leads_to_no_suspension()
    {
        await using var world = await CreateAsync();

        await world.Meter().CountAsync(MeteredWorld.Batch(world.Record(model: "vendor.model-v1:0", input: 100_000_000)), default);
        await world.Budgets().SettleAsync(default);

        Assert.Equal(("", false), (await world.StateAsync(Role), IsBound(world)));
        var report = (await world.Budgets().SettleAsync(default))!.Value.Report;
        Assert.Equal((1, 1), (Assert.Single(report.Regions).UnpricedCalls, Assert.Single(report.Lines).UnpricedCalls));
    }

    /// <summary>What a row asks for and IAM cannot give is not called to come: a federated user, and a role that others may use.</summary>
    [Theory]
    [InlineData("federated-user/bob", "federated/bob", "the log does not say which IAM user federated it")]
    [InlineData("assumed-role/GitHubActions/run-4711", "role/GitHubActions", "others may use the role, and its row does not say Shared")]
    public async Task Who_cannot_be_suspended_is_reported_with_why(string session, string subject, string why)
    {
        await using var world = await CreateAsync();
        await world.AskAsync("""{"Default":{"Limit":1,"Mode":"ARMED"}}""");
        var record = System.Text.Json.Nodes.JsonNode.Parse(world.Record(input: 2_000_000))!; // It is an object.
        record["identity"]!["arn"] = $"arn:aws:sts::{Account}:{session}"; // It has one.

        await world.Meter().CountAsync(MeteredWorld.Batch(record.ToJsonString()), default);
        var report = (await world.Budgets().SettleAsync(default))!.Value.Report;

        var line = Assert.Single(report.Lines);
        Assert.Equal((subject, "Exceeded", why), (line.Subject.Key, line.State.Name, line.Unattachable));
    }

    /// <summary>Who they are is not known, so it is said how many, and what they cost stands for itself.</summary>
    [Fact]
    public async Task Calls_whose_caller_the_log_does_not_tell_are_counted_apart_and_reported()
    {
        await using var world = await CreateAsync();
        var record = System.Text.Json.Nodes.JsonNode.Parse(world.Record(input: 2_000_000))!; // It is an object.
        record["identity"] = new System.Text.Json.Nodes.JsonObject();
        await world.Meter().CountAsync(MeteredWorld.Batch(record.ToJsonString(), world.Record()), default);

        var report = (await world.Budgets().SettleAsync(default))!.Value.Report;

        Assert.Equal(1, Assert.Single(report.Regions).UnjoinedCalls);
        var line = Assert.Single(report.Lines, line => line.Subject.Key == "unknown");
        Assert.Equal(("Exceeded", "the log does not say who called"), (line.State.Name, line.Unattachable));
        Assert.Equal(1.60032m + 0.00112m, await world.SumAsync());
    }

    /// <summary>However many they are: what they cost is not known.</summary>
    [Fact]
    public async Task What_has_no_counted_tokens_is_reported_and_leads_to_no_suspension()
    {
        await using var world = await CreateAsync();
        var image = System.Text.Json.Nodes.JsonNode.Parse(world.Record())!; // It is an object.
        (image["input"], image["output"]) = (new System.Text.Json.Nodes.JsonObject(), new System.Text.Json.Nodes.JsonObject());

        await world.Meter().CountAsync(MeteredWorld.Batch(image.ToJsonString()), default);
        var report = (await world.Budgets().SettleAsync(default))!.Value.Report;

        Assert.Equal(("", false), (await world.StateAsync(Role), IsBound(world)));
        Assert.Equal((1, 1), (Assert.Single(report.Regions).UncountedCalls, Assert.Single(report.Lines).UncountedCalls));
    }

    /// <summary>Roles of IAM Identity Center are AWS's own to change: what is changed is the policy that their permission sets refer to.</summary>
    [Fact]
    public async Task A_person_is_suspended_alone_by_the_policy_that_permission_sets_refer_to_healed_and_given_back()
    {
        await using var world = await CreateAsync();
        var developer = world.AddPermissionSet("Developer", refers: true);
        await SpendAsync(world, "alice@example.com", 2);

        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("Suspended", false), (await world.StateAsync(Alice), world.May(developer, "alice@example.com")));
        Assert.True(world.May(developer, "bob@example.com"));
        // Somebody puts the stack's own text in effect again.
        world.Cloud.Iam.PutManagedPolicy(Account, PeoplePolicy.Name, PolicyDocument.Parse(MeteredWorld.NobodyDenied), "/BudgetSync/");
        await world.Budgets().SettleAsync(default);
        Assert.Equal(("Suspended", false), (await world.StateAsync(Alice), world.May(developer, "alice@example.com")));

        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(("Active", true), (await world.StateAsync(Alice), world.May(developer, "alice@example.com")));
        Assert.Empty(world.Cloud.Iam.FindRole(Account, developer)!.Definition.Inline.Keys.Where(name => name != "All"));
    }

    [Fact]
    public async Task The_policy_of_people_has_room_for_another_version_however_often_it_changes()
    {
        await using var world = await CreateAsync();
        var developer = world.AddPermissionSet("Developer", refers: true);
        for (var number = 0; number < 7; number++)
        {
            await SpendAsync(world, $"person{number}", 2);
            await world.PassAsync(TimeSpan.FromMinutes(5));
            Assert.False(world.May(developer, $"person{number}"));
        }

        Assert.False(world.May(developer, "person0"));
        Assert.Equal(3, world.Cloud.Calls.Count("iam", "DeletePolicyVersion"));
        await world.Budgets().ReleaseAsync(default);
        Assert.All(Enumerable.Range(0, 7), number => Assert.True(world.May(developer, $"person{number}")));
    }

    [Fact]
    public async Task Where_a_permission_set_does_not_refer_to_it_nobody_is_called_suspended_and_the_report_names_the_set()
    {
        await using var world = await CreateAsync();
        world.AddPermissionSet("Developer", refers: true);
        world.AddPermissionSet("Admin", refers: false);
        await SpendAsync(world, "alice@example.com", 2);

        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("Exceeded", await world.StateAsync(Alice));
        var report = (await world.Budgets().SettleAsync(default))!.Value.Report;
        Assert.Equal(new PermissionSets(2, ["Admin"]), report.PermissionSets);
        Assert.Equal(5_600, report.PeopleRoom);
        Assert.Equal("the permission set Admin does not refer to the policy of suspended people", Assert.Single(report.Lines).Unattachable);
        Assert.Equal(0, world.Cloud.Calls.Count("iam", "CreatePolicyVersion"));
    }

    [Fact]
    public async Task A_name_that_no_session_has_is_never_written_into_a_policy()
    {
        await using var world = await CreateAsync();
        world.AddPermissionSet("Developer", refers: true);
        await SpendAsync(world, "*", 2);

        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("Exceeded", await world.StateAsync("person/*"));
        Assert.Equal(0, world.Cloud.Calls.Count("iam", "CreatePolicyVersion"));
    }

    private const string Alice = "person/alice@example.com";

    /// <summary>A million tokens in are $0.80.</summary>
    private static async Task SpendAsync(MeteredWorld world, string person, decimal dollars)
    {
        await world.Meter().CountAsync(
            MeteredWorld.Batch(world.Record(MeteredWorld.RoleOf("Developer"), input: (long)(dollars * 1_000_000 / 0.8m), output: 0, session: person)), default);
        await world.Budgets().SettleAsync(default);
    }

    [Fact]
    public async Task A_quota_of_IAM_is_told_and_the_principal_is_not_called_suspended()
    {
        await using var world = await CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "AttachRolePolicy"
            ? new Fault.Refusal(new AwsException("LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10", 409))
            : null);

        await world.SpendAsync("DataScience", 2);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.Budgets().SettleAsync(default);

        Assert.Equal("Grace", await world.StateAsync(Role));
        Assert.Contains("PoliciesPerRole", await world.DetailAsync(Role), StringComparison.Ordinal);
        world.Cloud.Faults.Reset();
        await world.Budgets().SettleAsync(default);
        Assert.Equal(("Suspended", true), (await world.StateAsync(Role), IsBound(world)));
    }

    /// <summary>Whatever call a run dies in, the next one makes it whole, and at no time is anybody called suspended who is not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_dies_in_any_write_is_made_whole_by_the_next(bool afterEffect)
    {
        for (var at = 1; at <= 3; at++)
        {
            foreach (var restoring in new[] { false, true })
            {
                await using var world = restoring ? await SuspendedAsync() : await CreateAsync();
                if (!restoring) await world.SpendAsync("DataScience", 2);
                world.Clock.Advance(restoring ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(5));
                var writes = 0;
                world.Cloud.Faults.OnCalls(call =>
                    call.Operation is "PutItem" or "AttachRolePolicy" or "DetachRolePolicy" && ++writes >= at
                        ? afterEffect && writes == at ? new Fault.ResponseLoss() : new Fault.Refusal(new AwsException("InternalFailure", "died", 500))
                        : null);

                await Record.ExceptionAsync(() => world.Budgets().SettleAsync(default));
                Assert.True(await world.StateAsync(Role) != "Suspended" || IsBound(world) || restoring);
                world.Cloud.Faults.Reset();
                await world.Budgets(2).SettleAsync(default);

                Assert.Equal((!restoring, restoring ? "Active" : "Suspended"), (IsBound(world), await world.StateAsync(Role)));
            }
        }
    }

    [Fact]
    public async Task Whom_somebody_else_bound_is_left_alone_until_the_stack_goes()
    {
        await using var world = await CreateAsync();
        var role = world.Cloud.Iam.FindRole(Account, "DataScience")!;
        world.Cloud.Iam.PutRole(Account, role.Definition with { ManagedPolicyArns = [PolicyArn] });

        await world.SpendAsync("DataScience", 2);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.Budgets().SettleAsync(default);
        Assert.Equal(("Grace", true), (await world.StateAsync(Role), IsBound(world)));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Budgets().SettleAsync(default);
        Assert.Equal(("Active", true), (await world.StateAsync(Role), IsBound(world)));

        await world.Budgets().ReleaseAsync(default);

        Assert.False(IsBound(world));
    }

    [Fact]
    public async Task A_stack_that_goes_gives_everybody_back()
    {
        await using var world = await SuspendedAsync();
        var user = world.Cloud.Iam.PutUser(Account, Key, PolicyDocument.Parse(Nothing));
        var key = world.Cloud.Iam.CreateCredential(user);
        await world.SpendAsync(Key, 2);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.Budgets().SettleAsync(default);
        Assert.Equal("Inactive", Status(world, key));

        await world.Budgets().ReleaseAsync(default);

        Assert.Equal((false, "Active"), (IsBound(world), Status(world, key)));
        Assert.Empty(world.Cloud.Iam.FindUser(Account, Key)!.ManagedPolicyArns);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_read_changes_nothing()
    {
        await using var world = await SuspendedAsync();
        await world.AskAsync("[]");

        Assert.Null(await world.Budgets().SettleAsync(default));

        Assert.True(IsBound(world));
    }

    [Fact]
    public async Task A_model_only_tells_and_a_cap_of_the_account_waits_for_the_organization()
    {
        await using var world = await CreateAsync();
        await world.AskAsync("""{"AccountCap":{"Limit":3,"Mode":"ARMED","Grace":"0m"},"Models":{"amazon.*":{"Limit":2}},"Default":{"Limit":100}}""");

        await world.SpendAsync("DataScience", 3);

        Assert.Equal(("Grace", "Exceeded"), (await world.StateAsync("account"), await world.StateAsync($"model/{MeteredWorld.Nova}")));
        Assert.False(IsBound(world));
    }

    [Fact]
    public async Task A_pool_that_is_used_up_suspends_its_members_and_gives_them_back()
    {
        await using var world = await CreateAsync();
        const string pool = """{"Default":{"Limit":100,"Shared":true},"Pools":{"research":{"Members":["role/*"],"Limit":4,"Mode":"ARMED","Grace":"0m"}}}""";
        await world.AskAsync(pool);

        await world.SpendAsync("DataScience", 3);
        Assert.False(IsBound(world));
        await world.SpendAsync("Other", 1);
        Assert.Equal(("Suspended", "Suspended", true), (await world.StateAsync("pool/research"), await world.StateAsync(Role), IsBound(world)));

        await world.AskAsync(pool.Replace("\"Limit\":4", "\"Limit\":5", StringComparison.Ordinal));
        await world.Budgets().SettleAsync(default);
        Assert.Equal(("Warned", "Active", false), (await world.StateAsync("pool/research"), await world.StateAsync(Role), IsBound(world)));
    }

    [Fact]
    public async Task A_rate_that_is_passed_suspends_at_once()
    {
        await using var world = await CreateAsync();
        await world.AskAsync("""{"Default":{"Limit":100,"Mode":"ARMED","Shared":true,"Rate":{"Rpm":2,"WindowSeconds":60}}}""");

        await world.Meter().CountAsync(MeteredWorld.Batch(world.Record(), world.Record()), default);
        await world.Budgets().SettleAsync(default);
        Assert.False(IsBound(world));
        await world.Meter().CountAsync(MeteredWorld.Batch(world.Record()), default);
        await world.Budgets().SettleAsync(default);

        Assert.Equal(("Suspended", true), (await world.StateAsync(Role), IsBound(world)));
    }

    [Fact]
    public async Task Logging_that_is_off_is_said()
    {
        await using var world = await CreateAsync();

        var region = Assert.Single((await world.Budgets().SettleAsync(default))!.Value.Report.Regions);

        Assert.Equal(("us-east-1", AiLog.Blind), (region.Name, region.Log));
    }

    private const string Nothing = """{"Version":"2012-10-17","Statement":[]}""";

    private static async Task<MeteredWorld> CreateAsync()
    {
        var world = await MeteredWorld.CreateAsync();
        var trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        foreach (var role in new[] { "DataScience", "Other" }) world.Cloud.Iam.PutRole(Account, new RoleDefinition(role, PolicyDocument.Parse(trust)));
        await world.AskAsync(Armed);
        return world;
    }

    private static async Task<MeteredWorld> SuspendedAsync()
    {
        var world = await CreateAsync();
        await world.SpendAsync("DataScience", 2);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.Budgets().SettleAsync(default);
        Assert.True(IsBound(world));
        return world;
    }

    private static bool IsBound(MeteredWorld world) => world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition.ManagedPolicyArns.Contains(PolicyArn);

    private static string Status(MeteredWorld world, ServiceCredential key) => world.Cloud.Iam.FindCredential(Account, key.Id)!.Status;

    /// <summary>Whether anything changed, and what the role has spent by the report.</summary>
    private static async Task<(bool Changed, decimal Spent)> SettledAsync(MeteredWorld world) =>
        await world.Budgets().SettleAsync(default) is { } settled
            ? (settled.Changed, settled.Report.Lines.Single(line => line.Subject.Key == Role).Spent)
            : default;
}
