using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class DeliveryTests : IAsyncDisposable
{
    private const string Pattern = """{"source":["test"]}""";

    private readonly World world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_event_reaches_the_function_of_a_matching_rule_with_its_whole_envelope()
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply");

        await world.PutEventAsync(World.Spoke, "default", "test", """{"a":1}""");
        await world.PutEventAsync(World.Spoke, "default", "other");
        await world.SettleAsync();

        var received = world.Received["Apply"].Single();
        Assert.Equal(World.Spoke, received["account"]!.ToString());
        Assert.Equal("test", received["source"]!.ToString());
        Assert.Equal("Test", received["detail-type"]!.ToString());
        Assert.Equal("us-east-1", received["region"]!.ToString());
        Assert.Equal("2026-01-01T00:00:00Z", received["time"]!.ToString());
        Assert.Equal("0", received["version"]!.ToString());
        Assert.Equal("[]", received["resources"]!.ToJsonString());
        Assert.Equal("""{"a":1}""", received["detail"]!.ToJsonString());
    }

    [Fact]
    public async Task A_disabled_rule_delivers_nothing()
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply");
        world.Cloud.EventBridge.PutRule(world.Cloud.EventBridge.FindRule(World.Spoke, "default", "to-Apply")! with { Enabled = false });

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();

        Assert.Empty(world.Received["Apply"]);
    }

    [Fact]
    public async Task A_function_that_does_not_let_the_rule_invoke_it_gets_nothing_and_the_event_goes_to_the_dead_letter_queue_at_once()
    {
        world.Function(World.Spoke, "Apply");
        var dead = world.Queue(World.Spoke, "dead", "events.amazonaws.com");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply", target => target with { DeadLetterArn = dead });
        world.Cloud.Lambda.RemovePermission(World.Spoke, "Apply", "rule");

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.RunReadyAsync();

        var message = world.Cloud.Sqs.Messages(dead).Single();
        Assert.Empty(world.Received["Apply"]);
        Assert.Equal("test", JsonNode.Parse(message.Body)!["source"]!.ToString());
        Assert.Equal("AccessDeniedException", message.Attributes["ERROR_CODE"]!["StringValue"]!.ToString());
        Assert.Equal("0", message.Attributes["RETRY_ATTEMPTS"]!["StringValue"]!.ToString());
        Assert.Equal($"arn:aws:events:us-east-1:{World.Spoke}:rule/to-Apply", message.Attributes["RULE_ARN"]!["StringValue"]!.ToString());
    }

    [Fact]
    public async Task A_missing_function_sends_the_event_to_the_dead_letter_queue()
    {
        var dead = world.Queue(World.Spoke, "dead", "events.amazonaws.com");
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply", target => target with { DeadLetterArn = dead });
        world.Cloud.Lambda.DeleteFunction(World.Spoke, "Apply");

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.RunReadyAsync();

        Assert.Single(world.Cloud.Sqs.Messages(dead));
    }

    [Fact]
    public async Task An_event_that_neither_target_nor_dead_letter_queue_takes_is_counted_as_lost()
    {
        var dead = world.Queue(World.Spoke, "dead");
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply", target => target with { DeadLetterArn = dead });
        world.Cloud.Lambda.RemovePermission(World.Spoke, "Apply", "rule");

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.RunReadyAsync();

        Assert.Empty(world.Cloud.Sqs.Messages(dead));
        Assert.Equal(1, world.Cloud.EventBridge.Lost);
    }

    [Fact]
    public async Task A_target_in_trouble_is_tried_again_with_backoff()
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply");
        var troubles = 3;
        world.Cloud.Faults.OnCalls(call => call.Operation == "Invoke" && troubles-- > 0
            ? new Fault.Refusal(new AwsException("ServiceException", "trouble", 500))
            : null);

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();

        Assert.Single(world.Received["Apply"]);
        Assert.Equal(TimeSpan.FromSeconds(1 + 2 + 4), world.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch.AddYears(56));
    }

    [Fact]
    public async Task Retries_end_in_the_dead_letter_queue_with_the_condition_that_was_exhausted()
    {
        world.Function(World.Spoke, "Apply");
        var dead = world.Queue(World.Spoke, "dead", "events.amazonaws.com");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply", target => target with { DeadLetterArn = dead, MaximumRetryAttempts = 2 });
        world.Cloud.Faults.OnCalls(call => call.Operation == "Invoke" ? new Fault.Refusal(new AwsException("ServiceException", "trouble", 500)) : null);

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();

        var message = world.Cloud.Sqs.Messages(dead).Single();
        Assert.Equal("2", message.Attributes["RETRY_ATTEMPTS"]!["StringValue"]!.ToString());
        Assert.Equal("MaximumRetryAttempts", message.Attributes["EXHAUSTED_RETRY_CONDITION"]!["StringValue"]!.ToString());
        Assert.Equal(3, world.Cloud.Calls.Count("lambda", "Invoke"));
    }

    [Fact]
    public async Task Retries_end_when_the_event_is_too_old()
    {
        world.Function(World.Spoke, "Apply");
        var dead = world.Queue(World.Spoke, "dead", "events.amazonaws.com");
        world.RuleToFunction(
            World.Spoke,
            "default",
            Pattern,
            "Apply",
            target => target with { DeadLetterArn = dead, MaximumEventAge = TimeSpan.FromSeconds(60) });
        world.Cloud.Faults.OnCalls(call => call.Operation == "Invoke" ? new Fault.Refusal(new AwsException("ServiceException", "trouble", 500)) : null);

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();

        Assert.Equal("MaximumEventAgeInSeconds", world.Cloud.Sqs.Messages(dead).Single().Attributes["EXHAUSTED_RETRY_CONDITION"]!["StringValue"]!.ToString());
    }

    [Fact]
    public async Task A_queue_gets_events_only_if_its_policy_lets_EventBridge_send()
    {
        var open = world.Queue(World.Spoke, "open", "events.amazonaws.com");
        var closed = world.Queue(World.Spoke, "closed");
        world.Cloud.EventBridge.PutRule(
            new Rule(
                World.Spoke,
                "default",
                "both")
            { Pattern = EventPattern.Parse(Pattern), Targets = [new RuleTarget("1", open), new RuleTarget("2", closed)] });

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();

        Assert.Single(world.Cloud.Sqs.Messages(open));
        Assert.Empty(world.Cloud.Sqs.Messages(closed));
    }

    [Fact]
    public async Task A_target_with_a_constant_input_or_an_input_path_gets_that_instead_of_the_event()
    {
        world.Function(World.Spoke, "Constant");
        world.Function(World.Spoke, "Part");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Constant", target => target with { Input = """{"all":true}""" });
        world.RuleToFunction(World.Spoke, "default", Pattern, "Part", target => target with { InputPath = "$.detail" });

        await world.PutEventAsync(World.Spoke, "default", "test", """{"a":1}""");
        await world.SettleAsync();

        Assert.Equal("""{"all":true}""", world.Received["Constant"].Single().ToJsonString());
        Assert.Equal("""{"a":1}""", world.Received["Part"].Single().ToJsonString());
    }

    [Fact]
    public async Task A_delivery_fault_loses_repeats_or_delays_one_delivery()
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply");
        world.Cloud.Faults.OnDeliveries(delivery => delivery.Event["detail"]!["n"]!.GetValue<int>() switch
        {
            1 => new DeliveryFault.Loss(),
            2 => new DeliveryFault.Duplicate(),
            3 => new DeliveryFault.Delay(TimeSpan.FromMinutes(1)),
            _ => null,
        });

        foreach (var n in Enumerable.Range(1, 4)) await world.PutEventAsync(World.Spoke, "default", "test", $$"""{"n":{{n}}}""");
        await world.SettleAsync();

        Assert.Equal([2, 2, 4, 3], world.Received["Apply"].Select(received => received["detail"]!["n"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_parameter_change_arrives_on_the_default_bus_of_its_account()
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", """{"source":["aws.ssm"],"detail-type":["Parameter Store Change"]}""", "Apply");
        using var api = new Api(world.Cloud, World.Spoke);

        await api.JsonAsync("AmazonSSM.PutParameter", new JsonObject { ["Name"] = "/BudgetSync/Budgets", ["Value"] = "1", ["Type"] = "String" });
        await world.SettleAsync();

        Assert.Equal("/BudgetSync/Budgets", world.Received["Apply"].Single()["detail"]!["name"]!.ToString());
    }
}
