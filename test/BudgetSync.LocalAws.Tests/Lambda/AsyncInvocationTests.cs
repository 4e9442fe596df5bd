using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Lambda;

public sealed class AsyncInvocationTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly World world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_function_error_is_retried_after_one_minute_and_two_more()
    {
        var times = new List<TimeSpan>();
        world.Function(World.Spoke, "Bad", (_, _) =>
        {
            times.Add(world.Clock.GetUtcNow() - Start);
            throw new FormatException("x");
        });

        await world.InvokeEventAsync(World.Spoke, "Bad");
        await world.SettleAsync();

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3)], times);
    }

    [Fact]
    public async Task A_retry_that_is_due_later_is_not_idle()
    {
        world.Function(World.Spoke, "Bad", (_, _) => throw new FormatException("x"));

        await world.InvokeEventAsync(World.Spoke, "Bad");
        await world.RunReadyAsync();

        Assert.Equal(1, world.Cloud.Work.Outstanding);
        Assert.False(world.Cloud.Work.WhenIdleAsync().IsCompleted);
    }

    [Fact]
    public async Task Throttles_are_waited_out_and_use_up_no_retry()
    {
        world.Function(World.Spoke, "F", (_, _) => Task.FromResult("{}"), shape: function => function with { Async = new() { MaximumRetryAttempts = 0 } });
        world.Cloud.Lambda.ConcurrencyPerAccount = 0;
        await world.InvokeEventAsync(World.Spoke, "F");
        await world.RunReadyAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.RunReadyAsync();

        world.Cloud.Lambda.ConcurrencyPerAccount = 1;
        await world.SettleAsync();

        Assert.Single(world.Received["F"]);
        Assert.Equal(TimeSpan.FromSeconds(1 + 2), world.Clock.GetUtcNow() - Start);
    }

    [Fact]
    public async Task An_event_older_than_its_maximum_age_goes_to_the_failure_destination_unrun()
    {
        var failed = world.Queue(World.Spoke, "failed");
        world.Function(
            World.Spoke,
            "F",
            [Policies.Allow("sqs:SendMessage")],
            function => function with { Async = new() { MaximumEventAge = TimeSpan.FromMinutes(1), OnFailure = failed } });
        world.Cloud.Lambda.ConcurrencyPerAccount = 0;

        await world.InvokeEventAsync(World.Spoke, "F");
        await world.SettleAsync();

        var record = JsonNode.Parse(world.Cloud.Sqs.Messages(failed).Single().Body)!;
        Assert.Equal("EventAgeExceeded", record["requestContext"]!["condition"]!.ToString());
        Assert.Null(record["responsePayload"]);
        Assert.Empty(world.Received["F"]);
    }

    [Fact]
    public async Task A_success_becomes_an_event_on_the_destination_bus_with_request_and_response()
    {
        world.Function(World.Spoke, "Watch");
        world.RuleToFunction(World.Spoke, "default", """{"source":["lambda"]}""", "Watch");
        world.Function(
            World.Spoke,
            "F",
            [Policies.Allow("events:PutEvents")],
            function => function with { Async = new() { OnSuccess = Bus(World.Spoke, "default") } });

        await world.InvokeEventAsync(World.Spoke, "F", """{"q":1}""");
        await world.SettleAsync();

        var received = world.Received["Watch"].Single();
        var detail = received["detail"]!;
        Assert.Equal("Lambda Function Invocation Result - Success", received["detail-type"]!.ToString());
        Assert.Equal(World.Spoke, received["account"]!.ToString());
        Assert.Equal("""{"q":1}""", detail["requestPayload"]!.ToJsonString());
        Assert.Equal("""{"ok":true}""", detail["responsePayload"]!.ToJsonString());
        Assert.Equal("Success", detail["requestContext"]!["condition"]!.ToString());
        Assert.Equal($"arn:aws:lambda:us-east-1:{World.Spoke}:function:F:$LATEST", detail["requestContext"]!["functionArn"]!.ToString());
        Assert.Equal("""{"statusCode":200,"executedVersion":"$LATEST"}""", detail["responseContext"]!.ToJsonString());
    }

    [Fact]
    public async Task A_function_that_fails_for_good_becomes_a_failure_event_with_its_error()
    {
        world.Function(World.Spoke, "Watch");
        world.RuleToFunction(World.Spoke, "default", """{"source":["lambda"],"detail-type":["Lambda Function Invocation Result - Failure"]}""", "Watch");
        world.Function(
            World.Spoke,
            "F",
            (_, _) => throw new FormatException("x"),
            [Policies.Allow("events:PutEvents")],
            function => function with { Async = new() { OnFailure = Bus(World.Spoke, "default") } });

        await world.InvokeEventAsync(World.Spoke, "F");
        await world.SettleAsync();

        var detail = world.Received["Watch"].Single()["detail"]!;
        Assert.Equal("RetriesExhausted", detail["requestContext"]!["condition"]!.ToString());
        Assert.Equal(3, detail["requestContext"]!["approximateInvokeCount"]!.GetValue<int>());
        Assert.Equal("Unhandled", detail["responseContext"]!["functionError"]!.ToString());
        Assert.Equal("x", detail["responsePayload"]!["errorMessage"]!.ToString());
    }

    [Fact]
    public async Task A_role_that_may_not_put_events_reports_nothing()
    {
        world.Function(World.Spoke, "Watch");
        world.RuleToFunction(World.Spoke, "default", """{"source":["lambda"]}""", "Watch");
        world.Function(World.Spoke, "F", [], function => function with { Async = new() { OnSuccess = Bus(World.Spoke, "default") } });

        await world.InvokeEventAsync(World.Spoke, "F");
        await world.SettleAsync();

        Assert.Empty(world.Received["Watch"]);
        Assert.Equal(1, world.Cloud.Lambda.DestinationFailures);
    }

    [Fact]
    public async Task A_destination_in_trouble_is_tried_again()
    {
        var done = world.Queue(World.Spoke, "done");
        world.Function(World.Spoke, "F", [Policies.Allow("sqs:SendMessage")], function => function with { Async = new() { OnSuccess = done } });
        var troubles = 2;
        world.Cloud.Faults.OnCalls(call => call.Operation == "SendMessage" && troubles-- > 0 ? new Fault.RequestLoss() : null);

        await world.InvokeEventAsync(World.Spoke, "F");
        await world.SettleAsync();

        Assert.Single(world.Cloud.Sqs.Messages(done));
    }

    [Fact]
    public async Task A_function_and_a_topic_can_be_destinations_too()
    {
        var topic = world.Cloud.Sns.PutTopic(World.Spoke, "results");
        var next = world.Function(World.Spoke, "Next");
        world.Function(World.Spoke, "A", [Policies.Allow("lambda:InvokeFunction")], function => function with { Async = new() { OnSuccess = next } });
        world.Function(World.Spoke, "B", [Policies.Allow("sns:Publish")], function => function with { Async = new() { OnSuccess = topic } });

        await world.InvokeEventAsync(World.Spoke, "A");
        await world.InvokeEventAsync(World.Spoke, "B");
        await world.SettleAsync();

        Assert.Equal("Success", world.Received["Next"].Single()["requestContext"]!["condition"]!.ToString());
        Assert.Equal("Success", JsonNode.Parse(world.Cloud.Sns.Published.Single().Body)!["requestContext"]!["condition"]!.ToString());
    }

    [Fact]
    public async Task A_report_travels_by_destination_rule_and_bus_to_a_function_of_another_account()
    {
        world.Function(World.Management, "Collect");
        var bus = world.Cloud.EventBridge.PutBus(World.Management, "BudgetSync");
        world.Cloud.EventBridge.PutBusPolicy(World.Management, "BudgetSync", Policies.Document(
            $$"""{"Effect":"Allow","Principal":"*","Action":"events:PutEv"""
                + $$"""ents","Resource":"{{bus}}","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-local00000"} } }"""));
        world.RuleToFunction(World.Management, "BudgetSync", """{"source":["lambda"]}""", "Collect");
        var role = world.Cloud.Iam.PutRole(World.Spoke, Policies.Role(
            "Forward",
            """{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
            [Policies.Allow("events:PutEvents", bus)]));
        world.Cloud.EventBridge.PutRule(
            new Rule(
                World.Spoke,
                "default",
                "forward")
            { Pattern = EventPattern.Parse("""{"source":["lambda"]}"""), Targets = [new RuleTarget("bus", bus) { RoleArn = role.Arn }] });
        world.Function(
            World.Spoke,
            "Apply",
            [Policies.Allow("events:PutEvents")],
            function => function with { Async = new() { OnSuccess = Bus(World.Spoke, "default") } });

        await world.InvokeEventAsync(World.Spoke, "Apply");
        await world.SettleAsync();

        var received = world.Received["Collect"].Single();
        Assert.Equal(World.Spoke, received["account"]!.ToString());
        Assert.Equal("""{"ok":true}""", received["detail"]!["responsePayload"]!.ToJsonString());
    }

    private static string Bus(string account, string name) => $"arn:aws:events:us-east-1:{account}:event-bus/{name}";
}
