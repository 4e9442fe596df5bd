using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class RuleTests : IAsyncDisposable
{
    private readonly World world = new();
    private readonly Api api;

    public RuleTests() => api = new Api(world.Cloud, World.Spoke);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_rule_is_put_described_listed_targeted_and_deleted_over_the_wire()
    {
        var queue = world.Queue(World.Spoke, "q");
        var put = await CallAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"x\"]}","Description":"d"}""");
        await CallAsync("PutTargets", $$"""{"Rule":"r","Targets":[{"Id":"1","Arn":"{{queue}}","RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":60} }]}""");
        var described = await CallAsync("DescribeRule", """{"Name":"r"}""");
        var listed = await CallAsync("ListRules", """{"NamePrefix":"r"}""");
        var targets = await CallAsync("ListTargetsByRule", """{"Rule":"r"}""");
        var early = await Api.RefusedAsync(() => CallAsync("DeleteRule", """{"Name":"r"}"""));
        await CallAsync("RemoveTargets", """{"Rule":"r","Ids":["1"]}""");
        await CallAsync("DeleteRule", """{"Name":"r"}""");
        var gone = await Api.RefusedAsync(() => CallAsync("DescribeRule", """{"Name":"r"}"""));

        Assert.Equal($"arn:aws:events:us-east-1:{World.Spoke}:rule/r", put["RuleArn"]!.ToString());
        Assert.Equal("ENABLED", described["State"]!.ToString());
        Assert.Equal("r", listed["Rules"]!.AsArray().Single()!["Name"]!.ToString());
        Assert.Equal(3, targets["Targets"]!.AsArray().Single()!["RetryPolicy"]!["MaximumRetryAttempts"]!.GetValue<int>());
        Assert.Equal("ValidationException", early.Code);
        Assert.Equal("ResourceNotFoundException", gone.Code);
    }

    [Fact]
    public async Task A_rule_on_a_custom_bus_has_the_buss_name_in_its_arn()
    {
        await CallAsync("CreateEventBus", """{"Name":"B"}""");

        var put = await CallAsync("PutRule", """{"Name":"r","EventBusName":"B","EventPattern":"{\"source\":[\"x\"]}"}""");

        Assert.Equal($"arn:aws:events:us-east-1:{World.Spoke}:rule/B/r", put["RuleArn"]!.ToString());
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"r"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"bad name","EventPattern":"{\"a\":[1]}"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"r","EventPattern":"{\"a\":1}"}""", "InvalidEventPatternException")]
    [InlineData("PutRule", """{"Name":"r","ScheduleExpression":"rate(2 hour)"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"r","EventBusName":"none","EventPattern":"{\"a\":[1]}"}""", "ResourceNotFoundException")]
    [InlineData("PutTargets", """{"Rule":"there","Targets":[{"Id":"1","Arn":"arn:aws:ecs:us-east-1:1:cluster/x"}]}""", "ValidationException")]
    [InlineData("PutTargets", """{"Rule":"there","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","InputTransformer":{}}]}""", "ValidationException")]
    [InlineData("PutTargets", """{"Rule":"missing","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q"}]}""", "ResourceNotFoundException")]
    public async Task What_is_no_rule_or_no_known_target_is_refused(string operation, string input, string code)
    {
        await CallAsync("PutRule", """{"Name":"there","EventPattern":"{\"source\":[\"x\"]}"}""");

        Assert.Equal(code, (await Api.RefusedAsync(() => CallAsync(operation, input))).Code);
    }

    [Fact]
    public async Task A_sixth_target_is_refused()
    {
        await CallAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"x\"]}"}""");
        var targets = Enumerable.Range(1, 6).Select(n => $$"""{"Id":"{{n}}","Arn":"arn:aws:sqs:us-east-1:1:q"}""");

        Assert.Equal("LimitExceededException", (await Api.RefusedAsync(() => CallAsync("PutTargets", $$"""{"Rule":"r","Targets":[{{string.Join(",", targets)}}]}"""))).Code);
    }

    [Fact]
    public async Task PutEvents_takes_each_entry_by_itself_and_refuses_AWSs_own_sources()
    {
        var answer = await CallAsync("PutEvents", """
            {"Entries":[{"Source":"mine","DetailType":"t","Detail":"{}"},{"Source":"aws.ssm","DetailType":"t","Detail":"{}"},
                        {"Source":"mine","DetailType":"t","Detail":"[]"},{"DetailType":"t","Detail":"{}"}]}
            """);

        Assert.Equal(3, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal(["", "NotAuthorizedForSourceException", "MalformedDetail", "InvalidArgument"], answer["Entries"]!.AsArray().Select(entry => entry!["ErrorCode"]?.ToString() ?? ""));
    }

    [Fact]
    public async Task PutEvents_on_another_accounts_bus_needs_that_buss_permission()
    {
        world.Cloud.EventBridge.PutBus(World.Management, "B");
        var bus = $"arn:aws:events:us-east-1:{World.Management}:event-bus/B";
        var put = () => CallAsync("PutEvents", $$"""{"Entries":[{"Source":"mine","DetailType":"t","Detail":"{}","EventBusName":"{{bus}}"}]}""");
        using var owner = new Api(world.Cloud, World.Management);

        var before = await Api.RefusedAsync(put);
        await owner.JsonAsync("AWSEvents.PutPermission", JsonNode.Parse("""
            {"EventBusName":"B","Action":"events:PutEvents","Principal":"*","StatementId":"org",
             "Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-local00000"}}
            """)!.AsObject());
        await put();
        await owner.JsonAsync("AWSEvents.RemovePermission", new JsonObject { ["EventBusName"] = "B", ["StatementId"] = "org" });
        var after = await Api.RefusedAsync(put);

        Assert.Equal(("AccessDeniedException", "AccessDeniedException"), (before.Code, after.Code));
    }

    [Fact]
    public async Task A_role_puts_events_only_on_the_buses_and_with_the_sources_its_policy_names()
    {
        var role = world.Cloud.Iam.PutRole(World.Spoke, Policies.Role(
            "R",
            """{"Effect":"Allow","Action":"events:PutEvents","Resource":"*","Condition":{"StringEquals":{"events:source":"mine"} } }"""));
        using var session = new Api(world.Cloud, world.Cloud.Sts.OpenSession(role, "s", TimeSpan.FromHours(1)));

        await session.JsonAsync("AWSEvents.PutEvents", JsonNode.Parse("""{"Entries":[{"Source":"mine","DetailType":"t","Detail":"{}"}]}""")!.AsObject());
        var refused = await Api.RefusedAsync(() => session.JsonAsync("AWSEvents.PutEvents", JsonNode.Parse("""{"Entries":[{"Source":"other","DetailType":"t","Detail":"{}"}]}""")!.AsObject()));

        Assert.Equal("AccessDeniedException", refused.Code);
    }

    [Fact]
    public async Task A_schedule_fires_by_the_clock_and_is_never_outstanding_work()
    {
        world.Function(World.Spoke, "Apply");
        Schedule("rate(1 hour)");
        Assert.Equal(0, world.Cloud.Work.Outstanding);
        Assert.Equal(world.Clock.GetUtcNow().AddHours(1), world.Cloud.EventBridge.NextSchedule);

        world.Clock.Advance(TimeSpan.FromMinutes(59));
        await world.RunReadyAsync();
        Assert.Empty(world.Received["Apply"]);
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.RunReadyAsync();

        Assert.Equal(2, world.Received["Apply"].Count);
        Assert.Equal("Scheduled Event", world.Received["Apply"][0]["detail-type"]!.ToString());
        Assert.Equal("2026-01-01T01:00:00Z", world.Received["Apply"][0]["time"]!.ToString());
        Assert.Equal($"arn:aws:events:us-east-1:{World.Spoke}:rule/schedule", world.Received["Apply"][0]["resources"]![0]!.ToString());
    }

    [Fact]
    public async Task A_deleted_or_disabled_schedule_no_longer_fires()
    {
        world.Function(World.Spoke, "Apply");
        Schedule("rate(1 hour)");
        var rule = world.Cloud.EventBridge.FindRule(World.Spoke, "default", "schedule")!;
        world.Cloud.EventBridge.PutRule(rule with { Enabled = false });
        Assert.Null(world.Cloud.EventBridge.NextSchedule);
        world.Cloud.EventBridge.PutRule(rule);
        world.Cloud.EventBridge.DeleteRule(World.Spoke, "default", "schedule");

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.RunReadyAsync();

        Assert.Empty(world.Received["Apply"]);
    }

    [Theory]
    [InlineData("cron(0 6 * * ? *)", "2026-01-01T06:00:00Z")]
    [InlineData("cron(15/20 0 * * ? *)", "2026-01-01T00:15:00Z")]
    [InlineData("cron(0 0 1 FEB,MAR ? *)", "2026-02-01T00:00:00Z")]
    [InlineData("cron(30 23 ? * MON-WED *)", "2026-01-05T23:30:00Z")]
    [InlineData("cron(0 0 29 2 ? *)", "2028-02-29T00:00:00Z")]
    [InlineData("rate(1 day)", "2026-01-02T00:00:00Z")]
    public void A_schedule_expression_names_its_next_time(string expression, string next)
    {
        Schedule(expression);

        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), world.Cloud.EventBridge.NextSchedule);
    }

    [Theory]
    [InlineData("cron(0 6 * * * *)")]
    [InlineData("cron(0 6 ? * ? *)")]
    [InlineData("cron(60 6 * * ? *)")]
    [InlineData("cron(0 6 L * ? *)")]
    [InlineData("rate(0 hours)")]
    [InlineData("rate(1 hours)")]
    [InlineData("every hour")]
    public void A_schedule_expression_that_is_none_is_refused(string expression) =>
        Assert.Equal("ValidationException", Assert.Throws<AwsException>(() => Schedule(expression)).Code);

    private void Schedule(string expression)
    {
        var target = new RuleTarget("1", $"arn:aws:lambda:us-east-1:{World.Spoke}:function:Apply");
        var arn = world.Cloud.EventBridge.PutRule(new Rule(World.Spoke, "default", "schedule") { Schedule = expression, Targets = [target] });
        if (world.Cloud.Lambda.FindFunction(World.Spoke, "Apply") is not null) world.LetRuleInvoke(World.Spoke, "Apply", arn);
    }

    private Task<JsonObject> CallAsync(string operation, string input) => api.JsonAsync($"AWSEvents.{operation}", JsonNode.Parse(input)!.AsObject());
}
