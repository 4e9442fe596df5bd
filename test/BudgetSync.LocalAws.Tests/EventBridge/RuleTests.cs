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
        await CallAsync(
            "PutTargets",
            $$"""{"Rule":"r","Targets":[{"Id":"1","Arn":"{{queue}}","RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":60} }]}""");
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

    [Theory]
    [InlineData("CreateEventBus", """{"Name":"default"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateEventBus", """{"Name":"there"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateEventBus", """{"Name":"a/b"}""", "ValidationException")]
    [InlineData("CreateEventBus", """{"Name":"a b"}""", "ValidationException")]
    [InlineData("CreateEventBus", """{"Name":""}""", "ValidationException")]
    [InlineData("DeleteEventBus", """{"Name":"default"}""", "ValidationException")]
    [InlineData("DeleteEventBus", """{"Name":"there"}""", "ValidationException")]
    [InlineData("DescribeEventBus", """{"Name":"none"}""", "ResourceNotFoundException")]
    [InlineData("PutPermission", """{"EventBusName":"there"}""", "ValidationException")]
    [InlineData("PutPermission", """{"EventBusName":"there","Principal":"1","Action":"events:PutEvents","StatementId":"s"}""", "ValidationException")]
    [InlineData("PutPermission", """{"EventBusName":"there","Principal":"*","Action":"sqs:SendMessage","StatementId":"s"}""", "ValidationException")]
    [InlineData("PutPermission", """{"EventBusName":"there","Policy":"{}","StatementId":"s"}""", "ValidationException")]
    [InlineData("RemovePermission", """{"EventBusName":"there"}""", "ValidationException")]
    [InlineData("RemovePermission", """{"EventBusName":"there","StatementId":"s"}""", "ResourceNotFoundException")]
    [InlineData("PutRule", """{"Name":"r","EventPattern":"{\"a\":[1]}","State":"ON"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"é","EventPattern":"{\"a\":[1]}"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"r","EventBusName":"there","ScheduleExpression":"rate(1 hour)"}""", "ValidationException")]
    [InlineData(
        "PutRule",
        """{"Name":"r","EventBusName":"arn:aws:events:us-east-1:444455556666:event-bus/default","EventPattern":"{\"a\":[1]}"}""",
        "AccessDeniedException")]
    [InlineData("ListRules", """{"Limit":0}""", "ValidationException")]
    [InlineData("ListRules", """{"Limit":101}""", "ValidationException")]
    [InlineData("ListRules", """{"NextToken":"made-up"}""", "ValidationException")]
    [InlineData("ListTargetsByRule", """{"Rule":"rule","EventBusName":"there","Limit":0}""", "ValidationException")]
    [InlineData("RemoveTargets", """{"Rule":"rule","EventBusName":"there","Ids":[]}""", "ValidationException")]
    [InlineData("RemoveTargets", """{"Rule":"rule","EventBusName":"there","Ids":["a b"]}""", "ValidationException")]
    public async Task What_buses_rules_and_lists_of_them_cannot_be_is_refused(string operation, string input, string code)
    {
        await CallAsync("CreateEventBus", """{"Name":"there"}""");
        await CallAsync("PutRule", """{"Name":"rule","EventBusName":"there","EventPattern":"{\"source\":[\"x\"]}"}""");

        Assert.Equal(code, (await Api.RefusedAsync(() => CallAsync(operation, input))).Code);
    }

    [Theory]
    [InlineData("""{"Id":"a b","Arn":"arn:aws:sqs:us-east-1:1:q"}""")]
    [InlineData("""{"Id":"","Arn":"arn:aws:sqs:us-east-1:1:q"}""")]
    [InlineData("""{"Id":"1","Arn":"queue"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","Input":"{"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","Input":"\"\\ud800\""}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","InputPath":"detail"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","Input":"{}","InputPath":"$.detail"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","RetryPolicy":{"MaximumRetryAttempts":186}}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","RetryPolicy":{"MaximumEventAgeInSeconds":59}}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q","DeadLetterConfig":{"Arn":"arn:aws:sns:us-east-1:1:t"}}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q"},{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:p"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:events:us-east-1:444455556666:event-bus/default"}""")]
    public async Task A_target_that_cannot_be_is_refused(string targets)
    {
        await CallAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"x\"]}"}""");

        Assert.Equal("ValidationException", (await Api.RefusedAsync(() => CallAsync("PutTargets", $$"""{"Rule":"r","Targets":[{{targets}}]}"""))).Code);
        Assert.Empty((await CallAsync("ListTargetsByRule", """{"Rule":"r"}"""))["Targets"]!.AsArray());
    }

    [Fact]
    public async Task A_bus_without_rules_is_deleted_and_may_be_deleted_again()
    {
        await CallAsync("CreateEventBus", """{"Name":"B"}""");

        await CallAsync("DeleteEventBus", """{"Name":"B"}""");
        await CallAsync("DeleteEventBus", """{"Name":"B"}""");

        Assert.Equal("ResourceNotFoundException", (await Api.RefusedAsync(() => CallAsync("DescribeEventBus", """{"Name":"B"}"""))).Code);
    }

    [Fact]
    public async Task Rules_and_targets_are_listed_in_pages()
    {
        foreach (var name in new[] { "c", "a", "b" }) await CallAsync("PutRule", $$"""{"Name":"{{name}}","EventPattern":"{\"source\":[\"x\"]}"}""");
        await CallAsync("PutTargets", """{"Rule":"a","Targets":[{"Id":"2","Arn":"arn:aws:sqs:us-east-1:1:q"},{"Id":"1","Arn":"arn:aws:sqs:us-east-1:1:q"}]}""");

        var first = await CallAsync("ListRules", """{"Limit":2}""");
        var second = await CallAsync("ListRules", $$"""{"Limit":2,"NextToken":"{{first["NextToken"]}}"}""");
        var targets = await CallAsync("ListTargetsByRule", """{"Rule":"a","Limit":1}""");

        Assert.Equal(["a", "b"], first["Rules"]!.AsArray().Select(rule => rule!["Name"]!.ToString()));
        Assert.Equal(["c"], second["Rules"]!.AsArray().Select(rule => rule!["Name"]!.ToString()));
        Assert.Null(second["NextToken"]);
        Assert.Equal("1", targets["Targets"]!.AsArray().Single()!["Id"]!.ToString());
        Assert.NotNull(targets["NextToken"]);
    }

    [Fact]
    public async Task A_target_that_is_not_there_is_named_when_it_is_removed()
    {
        await CallAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"x\"]}"}""");

        var answer = await CallAsync("RemoveTargets", """{"Rule":"r","Ids":["1"]}""");

        Assert.Equal(1, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal(
            ("1", "ResourceNotFoundException"),
            (answer["FailedEntries"]![0]!["TargetId"]!.ToString(), answer["FailedEntries"]![0]!["ErrorCode"]!.ToString()));
    }

    [Fact]
    public async Task All_permissions_of_a_bus_are_removed_at_once()
    {
        await CallAsync("PutPermission", """{"Principal":"*","Action":"events:PutEvents","StatementId":"a"}""");

        await CallAsync("RemovePermission", """{"RemoveAllPermissions":true}""");

        Assert.Null((await CallAsync("DescribeEventBus", "{}"))["Policy"]);
    }

    [Fact]
    public async Task A_sixth_target_is_refused()
    {
        await CallAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"x\"]}"}""");
        var targets = Enumerable.Range(1, 6).Select(number => $$"""{"Id":"{{number}}","Arn":"arn:aws:sqs:us-east-1:1:q"}""");

        Assert.Equal(
            "LimitExceededException",
            (await Api.RefusedAsync(() => CallAsync("PutTargets", $$"""{"Rule":"r","Targets":[{{string.Join(",", targets)}}]}"""))).Code);
    }

    [Fact]
    public async Task PutEvents_takes_each_entry_by_itself_and_refuses_AWSs_own_sources()
    {
        var answer = await CallAsync("PutEvents", """
            {"Entries":[{"Source":"mine","DetailType":"t","Detail":"{}"},{"Source":"aws.ssm","DetailType":"t","Detail":"{}"},
                        {"Source":"mine","DetailType":"t","Detail":"[]"},{"DetailType":"t","Detail":"{}"}]}
            """);

        Assert.Equal(3, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal(
            ["", "NotAuthorizedForSourceException", "MalformedDetail", "InvalidArgument"],
            answer["Entries"]!.AsArray().Select(entry => entry!["ErrorCode"]?.ToString() ?? ""));
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
            """{"Effect":"Allow","Action":"events:PutEvents","Resource":"*","Condition":{"ForAllValues:StringEquals":{"events:source":"mine"} } }"""));
        using var session = new Api(world.Cloud, world.Cloud.Sts.OpenSession(role, "s", TimeSpan.FromHours(1)));

        await session.JsonAsync("AWSEvents.PutEvents", JsonNode.Parse("""{"Entries":[{"Source":"mine","DetailType":"t","Detail":"{}"}]}""")!.AsObject());
        var refused =
            await Api.RefusedAsync(
                () => session.JsonAsync(
                    "AWSEvents.PutEvents",
                    JsonNode.Parse("""{"Entries":[{"Source":"other","DetailType":"t","Detail":"{}"}]}""")!.AsObject()));

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
