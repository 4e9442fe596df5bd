using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Tests.Iam;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests;

/// <summary>Regions are separate: what is in one is not in another, whatever it is called (AWS General Reference, "Regional endpoints").</summary>
public sealed class RegionTests : IAsyncDisposable
{
    private const string Elsewhere = "eu-west-1";
    private const string Pattern = """{"source":["test"]}""";

    private readonly World world = new();
    private readonly Api here;
    private readonly Api there;

    public RegionTests() => (here, there) = (new Api(world.Cloud, World.Spoke), new Api(world.Cloud, World.Spoke, Elsewhere));

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_queue_is_in_one_region()
    {
        var url = (await here.JsonAsync("AmazonSQS.CreateQueue", new JsonObject { ["QueueName"] = "q" }))["QueueUrl"]!.ToString();
        var missing = await Api.RefusedAsync(() => there.JsonAsync("AmazonSQS.GetQueueUrl", new JsonObject { ["QueueName"] = "q" }));
        var address = await Api.RefusedAsync(() => there.JsonAsync("AmazonSQS.PurgeQueue", new JsonObject { ["QueueUrl"] = url }));
        var other = (await there.JsonAsync("AmazonSQS.CreateQueue", new JsonObject { ["QueueName"] = "q" }))["QueueUrl"]!.ToString();
        await there.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = other, ["MessageBody"] = "x" });

        Assert.Equal(("QueueDoesNotExist", "InvalidAddress"), (missing.Code, address.Code));
        Assert.Empty(world.Cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{World.Spoke}:q"));
        Assert.Single(world.Cloud.Sqs.Messages($"arn:aws:sqs:{Elsewhere}:{World.Spoke}:q"));
    }

    [Fact]
    public async Task A_topic_is_in_one_region()
    {
        var arn = (await there.QueryAsync("sns", "CreateTopic", ("Name", "t"))).Element("TopicArn")!.Value;

        var refused = await Api.RefusedAsync(() => here.QueryAsync("sns", "Publish", ("TopicArn", arn), ("Message", "x")));
        var missing = await Api.RefusedAsync(
            () => here.QueryAsync("sns", "Publish", ("TopicArn", arn.Replace(Elsewhere, "us-east-1", StringComparison.Ordinal)), ("Message", "x")));
        await there.QueryAsync("sns", "Publish", ("TopicArn", arn), ("Message", "x"));

        Assert.Equal($"arn:aws:sns:{Elsewhere}:{World.Spoke}:t", arn);
        Assert.Equal(("InvalidParameter", "NotFound"), (refused.Code, missing.Code));
        Assert.Single(world.Cloud.Sns.Published);
    }

    [Fact]
    public async Task A_bus_its_rules_and_its_events_are_in_one_region()
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", Pattern, "Apply");
        await there.JsonAsync("AWSEvents.CreateEventBus", new JsonObject { ["Name"] = "B" });

        Assert.Equal(
            "ResourceNotFoundException",
            (await Api.RefusedAsync(() => here.JsonAsync("AWSEvents.DescribeEventBus", new JsonObject { ["Name"] = "B" }))).Code);
        Assert.Empty((await there.JsonAsync("AWSEvents.ListRules", []))["Rules"]!.AsArray());
        await PutEventAsync(there);
        await world.SettleAsync();
        Assert.Empty(world.Received["Apply"]);
        await PutEventAsync(here);
        await world.SettleAsync();
        Assert.Equal("us-east-1", world.Received["Apply"].Single()["region"]!.ToString());
    }

    [Fact]
    public async Task An_event_of_a_service_arrives_on_the_default_bus_of_its_region()
    {
        world.Function(World.Spoke, "Apply", shape: function => function with { Region = Elsewhere });
        RuleElsewhere("""{"source":["aws.ssm"]}""", "Apply");
        var put = new JsonObject { ["Name"] = "/p", ["Value"] = "1", ["Type"] = "String" };

        await here.JsonAsync("AmazonSSM.PutParameter", (JsonObject)put.DeepClone());
        await world.SettleAsync();
        Assert.Empty(world.Received["Apply"]);
        await there.JsonAsync("AmazonSSM.PutParameter", put);
        await world.SettleAsync();
        Assert.Single(world.Received["Apply"]);
    }

    [Theory]
    [InlineData("lambda", "function:f")]
    [InlineData("sqs", "q")]
    [InlineData("sns", "t")]
    public async Task A_target_is_in_the_rules_region_if_it_is_no_bus(string service, string resource)
    {
        await here.JsonAsync("AWSEvents.PutRule", new JsonObject { ["Name"] = "r", ["EventPattern"] = Pattern });
        var target = new JsonObject { ["Id"] = "1", ["Arn"] = $"arn:aws:{service}:{Elsewhere}:{World.Spoke}:{resource}" };

        var error =
            await Api.RefusedAsync(() => here.JsonAsync("AWSEvents.PutTargets", new JsonObject { ["Rule"] = "r", ["Targets"] = new JsonArray(target) }));

        Assert.Equal("ValidationException", error.Code);
    }

    [Fact]
    public async Task An_event_is_forwarded_to_a_bus_of_another_region_with_a_role_only()
    {
        world.Function(World.Spoke, "Apply", shape: function => function with { Region = Elsewhere });
        RuleElsewhere(Pattern, "Apply");
        var bus = $"arn:aws:events:{Elsewhere}:{World.Spoke}:event-bus/default";
        var role = world.Cloud.Iam.PutRole(World.Spoke, Policies.Role(
            "Forward",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
            [Policies.Allow("events:PutEvents")]));
        await here.JsonAsync("AWSEvents.PutRule", new JsonObject { ["Name"] = "forward", ["EventPattern"] = Pattern });
        var target = new JsonObject { ["Id"] = "1", ["Arn"] = bus };
        var put = () => here.JsonAsync("AWSEvents.PutTargets", new JsonObject { ["Rule"] = "forward", ["Targets"] = new JsonArray(target.DeepClone()) });

        var error = await Api.RefusedAsync(put);
        target["RoleArn"] = role.Arn;
        await put();
        await PutEventAsync(here);
        await world.SettleAsync();

        Assert.Equal($"RoleArn is required for target {bus}.", error.Text);
        Assert.Equal("us-east-1", world.Received["Apply"].Single()["region"]!.ToString());
    }

    [Fact]
    public async Task A_function_is_in_one_region_and_told_so()
    {
        var arn = world.Function(
            World.Spoke,
            "f",
            environment => (_, _) => Task.FromResult($"\"{environment.Variables["AWS_REGION"]}\""),
            shape: function => function with { Region = Elsewhere });

        using var missing = await here.RestAsync("GET", "/2015-03-31/functions/f");
        using var unreachable = await here.RestAsync("GET", $"/2015-03-31/functions/{Uri.EscapeDataString(arn)}");
        using var listed = await here.RestAsync("GET", "/2015-03-31/functions");
        var answer = there.RestAsync("POST", "/2015-03-31/functions/f/invocations", "{}");
        await world.RunReadyAsync();

        Assert.Equal((404, 404), ((int)missing.StatusCode, (int)unreachable.StatusCode));
        Assert.Contains("not reachable in this region", await unreachable.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(JsonNode.Parse(await listed.Content.ReadAsStringAsync())!["Functions"]!.AsArray());
        Assert.Equal($"\"{Elsewhere}\"", await (await answer).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_schedule_fires_in_its_region()
    {
        world.Function(World.Spoke, "Apply", shape: function => function with { Region = Elsewhere });
        var rule = new Rule(World.Spoke, "default", "hourly") { Region = Elsewhere, Schedule = "rate(1 hour)", Targets = [Target("Apply")] };
        Permit("Apply", world.Cloud.EventBridge.PutRule(rule));
        world.Cloud.EventBridge.DeleteRule(World.Spoke, "default", "hourly");

        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.RunReadyAsync();

        Assert.Equal(Elsewhere, world.Received["Apply"].Single()["region"]!.ToString());
    }

    private void RuleElsewhere(string pattern, string function) => Permit(function, world.Cloud.EventBridge.PutRule(new Rule(World.Spoke, "default", "there")
    {
        Region = Elsewhere,
        Pattern = EventPattern.Parse(pattern),
        Targets = [Target(function)],
    }));

    private static RuleTarget Target(string function) => new("1", $"arn:aws:lambda:{Elsewhere}:{World.Spoke}:function:{function}");

    private void Permit(string function, string ruleArn) => world.Cloud.Lambda.PutPermission(
        World.Spoke,
        function,
        "rule",
        new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = "events.amazonaws.com" },
            ["Action"] = "lambda:InvokeFunction",
            ["Condition"] = new JsonObject { ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = ruleArn } },
        },
        Elsewhere);

    private static Task<JsonObject> PutEventAsync(Api api) => api.JsonAsync("AWSEvents.PutEvents", new JsonObject
    {
        ["Entries"] = new JsonArray(new JsonObject { ["Source"] = "test", ["DetailType"] = "t", ["Detail"] = "{}" }),
    });
}
