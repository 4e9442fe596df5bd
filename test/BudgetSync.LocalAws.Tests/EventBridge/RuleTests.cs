using System.Text.Json.Nodes;
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

    private Task<JsonObject> CallAsync(string operation, string input) => api.JsonAsync($"AWSEvents.{operation}", JsonNode.Parse(input)!.AsObject());
}
