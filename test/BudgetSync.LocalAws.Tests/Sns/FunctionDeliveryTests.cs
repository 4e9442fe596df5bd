using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Sns;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.Sns;

public sealed class FunctionDeliveryTests : IAsyncDisposable
{
    private const string Topic = "arn:aws:sns:us-east-1:111122223333:alerts";
    private readonly World world = new();

    private List<JsonNode> Received => world.Received["Look"];

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_message_reaches_the_function_that_subscribed_in_SNSs_event()
    {
        Subscribe();

        await PublishAsync("hello", "subject");

        var record = Assert.Single(Assert.Single(Received)["Records"]!.AsArray())!;
        Assert.Equal(("aws:sns", "1.0"), (record["EventSource"]!.ToString(), record["EventVersion"]!.ToString()));
        Assert.Equal(Assert.Single(world.Cloud.Sns.Subscriptions).Arn, record["EventSubscriptionArn"]!.ToString());
        var sns = record["Sns"]!;
        Assert.Equal(
            ("Notification", Topic, "subject", "hello", "2026-01-01T00:00:00.000Z"),
            (sns["Type"]!.ToString(), sns["TopicArn"]!.ToString(), sns["Subject"]!.ToString(), sns["Message"]!.ToString(), sns["Timestamp"]!.ToString()));
        Assert.Empty(sns["MessageAttributes"]!.AsObject());
        Assert.Equal(world.Cloud.Sns.Published[0].MessageId, sns["MessageId"]!.ToString());
    }

    [Fact]
    public async Task A_message_without_a_subject_has_a_null_one()
    {
        Subscribe();

        await PublishAsync("hello");

        Assert.True(Received[0]["Records"]![0]!["Sns"]!.AsObject().TryGetPropertyValue("Subject", out var subject));
        Assert.Null(subject);
    }

    [Theory]
    [InlineData("no permission")]
    [InlineData("permission for another topic")]
    [InlineData("no function")]
    public async Task What_the_function_does_not_take_is_lost_at_once_or_goes_to_the_subscriptions_queue(string cause)
    {
        var queue = world.Queue(World.Spoke, "lost", "sns.amazonaws.com");
        Subscribe(permitted: cause switch { "no permission" => null, "no function" => Topic, _ => Topic + "2" });
        if (cause == "no function") world.Cloud.Lambda.DeleteFunction(World.Spoke, "Look");

        await PublishAsync("first");
        world.Cloud.Sns.Subscribe(Topic, "lambda", FunctionArn, queue);
        await PublishAsync("second");

        Assert.Empty(Received);
        Assert.Equal(1, world.Cloud.Sns.LostMessages);
        Assert.Equal("second", JsonNode.Parse(Assert.Single(world.Cloud.Sqs.Messages(queue)).Body)!["Message"]!.ToString());
    }

    [Fact]
    public async Task A_function_in_trouble_is_tried_again_as_SNS_does()
    {
        Subscribe();
        var troubles = 7;
        world.Cloud.Faults.OnCalls(call => call.Operation == "Invoke" && troubles-- > 0
            ? new Fault.Refusal(new AwsException("ServiceException", "trouble", 500))
            : null);

        await PublishAsync("hello");

        // Three times at once, twice after a second, then after 1 s and about 1.4 s.
        Assert.InRange(world.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch.AddYears(56), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Assert.Single(Received);
        Assert.Equal([0, 1, 20, 20], new[] { 3, 5, 15, 100_015 }.Select(retry => FunctionDelivery.Pause(retry).TotalSeconds));
    }

    [Fact]
    public async Task A_fault_loses_doubles_or_delays_a_message()
    {
        Subscribe();
        world.Cloud.Faults.OnMessages(delivery => delivery.Message.Body switch
        {
            "lost" => new DeliveryFault.Loss(),
            "doubled" => new DeliveryFault.Duplicate(),
            "late" => new DeliveryFault.Delay(TimeSpan.FromMinutes(1)),
            _ => null,
        });

        foreach (var text in new[] { "lost", "late", "doubled", "plain" }) await PublishAsync(text, settle: false);
        await world.SettleAsync();

        Assert.Equal(["doubled", "doubled", "plain", "late"], Received.Select(received => received["Records"]![0]!["Sns"]!["Message"]!.ToString()));
        Assert.Equal(["messages"], world.Cloud.Faults.Names);
    }

    [Fact]
    public async Task A_deleted_topic_or_an_ended_subscription_delivers_nothing_more()
    {
        Subscribe();
        world.Cloud.Faults.OnMessages(_ => new DeliveryFault.Delay(TimeSpan.FromMinutes(1)));
        await PublishAsync("on its way", settle: false);

        world.Cloud.Sns.DeleteTopic(Topic);
        await world.SettleAsync();

        Assert.Empty(Received);
        Assert.Empty(world.Cloud.Sns.Subscriptions);
    }

    [Fact]
    public async Task A_stack_makes_topic_policy_subscription_and_permission_and_takes_them_away()
    {
        world.Function(World.Spoke, "Look");
        var first = await DeployAsync("Look");
        await world.Cloud.Sns.PublishAsync(Caller.Service("budgets.amazonaws.com", World.Spoke, Topic), Topic, "hello", CancellationToken.None);
        await world.SettleAsync();
        Assert.Single(Received);

        world.Function(World.Spoke, "Other");
        var second = await DeployAsync("Other");

        Assert.EndsWith("function:Other", Assert.Single(world.Cloud.Sns.Subscriptions).Endpoint, StringComparison.Ordinal);
        Assert.NotEqual(first.Resources.Single(IsSubscription).Made.PhysicalId, second.Resources.Single(IsSubscription).Made.PhysicalId);
        await world.Cloud.CloudFormation.DeleteAsync(World.Spoke, "Stack");
        Assert.Empty(world.Cloud.Sns.Subscriptions);
        Assert.False(world.Cloud.Sns.HasTopic(Topic));
    }

    [Fact]
    public async Task A_subscription_to_no_topic_fails_its_stack()
    {
        var template = $$"""
            {"Resources":{"Subscription":{"Type":"AWS::SNS::Subscription","Properties":{"TopicArn":"{{Topic}}","Protocol":"lambda","Endpoint":"x"} } } }
            """;

        var failed = await Assert.ThrowsAsync<StackException>(() =>
            world.Cloud.CloudFormation.DeployAsync(World.Spoke, "Stack", template, new Dictionary<string, string>()));

        Assert.Contains($"the topic {Topic} does not exist", failed.Message, StringComparison.Ordinal);
    }

    private static string FunctionArn => $"arn:aws:lambda:us-east-1:{World.Spoke}:function:Look";

    private static bool IsSubscription(StackResource resource) => resource.LogicalId == "Subscription";

    private void Subscribe(string? permitted = Topic)
    {
        world.Function(World.Spoke, "Look");
        world.Cloud.Sns.PutTopic(World.Spoke, "alerts");
        world.Cloud.Sns.Subscribe(Topic, "lambda", FunctionArn);
        if (permitted is not null) world.Cloud.Lambda.PutPermission(World.Spoke, "Look", "topic", new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = "sns.amazonaws.com" },
            ["Action"] = "lambda:InvokeFunction",
            ["Condition"] = new JsonObject { ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = permitted } },
        });
    }

    private async Task PublishAsync(string message, string? subject = null, bool settle = true)
    {
        await world.Cloud.Sns.PublishAsync(Caller.Root(World.Spoke), Topic, message, CancellationToken.None, subject);
        if (settle) await world.SettleAsync();
    }

    private Task<Stack> DeployAsync(string function) => world.Cloud.CloudFormation.DeployAsync(World.Spoke, "Stack", $$"""
        {"Resources":{
          "Topic":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"alerts"} },
          "Policy":{"Type":"AWS::SNS::TopicPolicy","Properties":{"Topics":[{"Ref":"Topic"}],"PolicyDocument":{"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Action":"SNS:Publish","Resource":{"Ref":"Topic"} }]} } },
          "Permission":{"Type":"AWS::Lambda::Permission","Properties":{"FunctionName":"{{function}}","Action":"lambda:InvokeFunction",
            "Principal":"sns.amazonaws.com","SourceArn":{"Ref":"Topic"} } },
          "Subscription":{"Type":"AWS::SNS::Subscription","Properties":{"TopicArn":{"Ref":"Topic"},"Protocol":"lambda",
            "Endpoint":"arn:aws:lambda:us-east-1:111122223333:function:{{function}}"} } } }
        """, new Dictionary<string, string>());
}
