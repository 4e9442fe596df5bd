using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Lambda;

public sealed class StreamMappingTests : IAsyncDisposable
{
    private static readonly string[] Permissions = [Policies.Allow("dynamodb:*"), Policies.Allow("sqs:SendMessage")];

    private readonly World world = new();
    private readonly Api api;
    private string stream = "";

    public StreamMappingTests() => api = new Api(world.Cloud, World.Management);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Every_write_reaches_the_function_as_a_record_of_the_stream()
    {
        await TableAsync();
        Handler(_ => "{}");
        Map();

        await PutAsync("a", 1);
        await world.SettleAsync();

        var record = world.Received["Propagate"].Single()["Records"]![0]!;
        Assert.Equal("INSERT", record["eventName"]!.ToString());
        Assert.Equal("a", record["dynamodb"]!["Keys"]!["Id"]!["S"]!.ToString());
        Assert.Equal(stream, record["eventSourceARN"]!.ToString());
    }

    [Fact]
    public async Task TRIM_HORIZON_begins_with_what_was_written_before_and_LATEST_after_it()
    {
        await TableAsync();
        Handler(_ => "{}");
        await PutAsync("a", 1);
        world.Function(World.Management, "Late", (_, _) => Task.FromResult("{}"), Permissions);
        Map();
        Map(mapping => mapping with { Id = "late", FunctionName = "Late", FromTrimHorizon = false });
        await world.SettleAsync();

        await PutAsync("b", 1);
        await world.SettleAsync();

        Assert.Equal(["a", "b"], Ids("Propagate"));
        Assert.Equal(["b"], Ids("Late"));
    }

    [Fact]
    public async Task A_batch_waits_for_its_window_unless_it_is_full_before()
    {
        await TableAsync();
        Handler(_ => "{}");
        Map(mapping => mapping with { BatchSize = 3, BatchingWindow = TimeSpan.FromSeconds(1) });

        await PutAsync("a", 1);
        await PutAsync("a", 2);
        await world.RunReadyAsync();
        Assert.Empty(world.Received["Propagate"]);
        await PutAsync("a", 3);
        await world.RunReadyAsync();
        Assert.Equal(3, world.Received["Propagate"].Single()["Records"]!.AsArray().Count);

        await PutAsync("a", 4);
        await world.RunReadyAsync();
        Assert.Single(world.Received["Propagate"]);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.RunReadyAsync();
        Assert.Equal(2, world.Received["Propagate"].Count);
    }

    [Fact]
    public async Task A_partial_failure_delivers_the_lowest_named_record_and_all_after_it_again()
    {
        await TableAsync();
        var failing = true;
        Handler(records =>
        {
            if (!failing) return "{}";
            failing = false;
            return Failures(records[1], records[2]);
        });
        Map(mapping => mapping with { ReportBatchItemFailures = true });

        foreach (var n in Enumerable.Range(1, 4)) await PutAsync("a", n);
        await world.SettleAsync();

        Assert.Equal([[1, 2, 3, 4], [2, 3, 4]], Batches());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    public async Task An_answer_that_names_no_failure_is_a_success(string answer)
    {
        await TableAsync();
        Handler(_ => answer);
        Map(mapping => mapping with { ReportBatchItemFailures = true });

        await PutAsync("a", 1);
        await world.SettleAsync();

        Assert.Equal([[1]], Batches());
        Assert.Equal("OK", world.Cloud.Lambda.EventSourceMappings(World.Management).Single().LastResult);
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"42"}]}""")]
    [InlineData("""{"batchItemFailures":[{"wrong":"42"}]}""")]
    [InlineData("not json")]
    public async Task An_answer_that_names_no_record_fails_the_whole_batch(string answer)
    {
        await TableAsync();
        var failing = true;
        Handler(_ =>
        {
            if (!failing) return "{}";
            failing = false;
            return answer;
        });
        Map(mapping => mapping with { ReportBatchItemFailures = true });

        await PutAsync("a", 1);
        await PutAsync("a", 2);
        await world.SettleAsync();

        Assert.Equal([[1, 2], [1, 2]], Batches());
    }

    [Fact]
    public async Task Without_the_flag_the_answer_is_ignored()
    {
        await TableAsync();
        Handler(records => Failures(records[0]));
        Map();

        await PutAsync("a", 1);
        await world.SettleAsync();

        Assert.Equal([[1]], Batches());
    }

    [Fact]
    public async Task An_exception_bisects_the_batch_until_the_poison_record_is_alone_and_uses_up_no_retry()
    {
        await TableAsync();
        var dead = world.Queue(World.Management, "dead");
        Handler(records => records.Any(record => Value(record) == 3) ? throw new FormatException("poison") : "{}");
        Map(mapping => mapping with { BisectBatchOnFunctionError = true, MaximumRetryAttempts = 1, OnFailure = dead });

        foreach (var n in Enumerable.Range(1, 4)) await PutAsync("a", n);
        await world.SettleAsync();

        Assert.Equal([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]], Batches());
        Assert.Equal(1, Body(dead)["DDBStreamBatchInfo"]!["batchSize"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_bisected_partial_failure_is_cut_at_the_named_record()
    {
        await TableAsync();
        var dead = world.Queue(World.Management, "dead");
        Handler(records => records.FirstOrDefault(record => Value(record) == 3) is { } poison ? Failures(poison) : "{}");
        Map(mapping => mapping with { BisectBatchOnFunctionError = true, ReportBatchItemFailures = true, MaximumRetryAttempts = 0, OnFailure = dead });

        foreach (var n in Enumerable.Range(1, 4)) await PutAsync("a", n);
        await world.SettleAsync();

        Assert.Equal([[1, 2, 3, 4], [3, 4], [3], [4]], Batches());
        Assert.Equal(1, Body(dead)["DDBStreamBatchInfo"]!["batchSize"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_batch_whose_retries_are_used_up_goes_to_the_on_failure_queue_as_positions_only()
    {
        await TableAsync();
        var dead = world.Queue(World.Management, "dead");
        Handler(_ => throw new FormatException("always"));
        Map(mapping => mapping with { MaximumRetryAttempts = 2, OnFailure = dead });

        await PutAsync("a", 1);
        await PutAsync("a", 2);
        await world.SettleAsync();

        var record = Body(dead);
        var info = record["DDBStreamBatchInfo"]!;
        var delivered = world.Received["Propagate"][0]["Records"]!.AsArray();
        Assert.Equal(3, world.Received["Propagate"].Count);
        Assert.Equal("RetryAttemptsExhausted", record["requestContext"]!["condition"]!.ToString());
        Assert.Equal(3, record["requestContext"]!["approximateInvokeCount"]!.GetValue<int>());
        Assert.Equal("Unhandled", record["responseContext"]!["functionError"]!.ToString());
        Assert.Equal(delivered[0]!["dynamodb"]!["SequenceNumber"]!.ToString(), info["startSequenceNumber"]!.ToString());
        Assert.Equal(delivered[1]!["dynamodb"]!["SequenceNumber"]!.ToString(), info["endSequenceNumber"]!.ToString());
        Assert.Equal(2, info["batchSize"]!.GetValue<int>());
        Assert.Equal(stream, info["streamArn"]!.ToString());
        Assert.StartsWith("shardId-", info["shardId"]!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NewImage", record.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_batch_is_given_up_the_shard_goes_on()
    {
        await TableAsync();
        Handler(records => Value(records[0]) == 1 ? throw new FormatException("poison") : "{}");
        Map(mapping => mapping with { MaximumRetryAttempts = 0, BatchSize = 1 });

        await PutAsync("a", 1);
        await PutAsync("a", 2);
        await world.SettleAsync();

        Assert.Equal([[1], [2]], Batches());
    }

    [Fact]
    public async Task A_record_over_its_maximum_age_is_given_up_unrun()
    {
        await TableAsync();
        var dead = world.Queue(World.Management, "dead");
        Handler(_ => throw new FormatException("always"));
        Map(mapping => mapping with { MaximumRecordAge = TimeSpan.FromSeconds(60), OnFailure = dead });

        await PutAsync("a", 1);
        await world.SettleAsync();

        var record = Body(dead);
        Assert.Equal("RecordAgeExceeded", record["requestContext"]!["condition"]!.ToString());
        Assert.Equal(world.Received["Propagate"].Count, record["requestContext"]!["approximateInvokeCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_role_that_may_not_send_to_the_on_failure_queue_loses_the_record_and_the_mapping_says_so()
    {
        await TableAsync();
        var dead = world.Queue(World.Management, "dead");
        world.Function(World.Management, "Propagate", (_, _) => throw new FormatException("always"), [Policies.Allow("dynamodb:*")]);
        Map(mapping => mapping with { MaximumRetryAttempts = 0, OnFailure = dead });

        await PutAsync("a", 1);
        await world.SettleAsync();

        Assert.Empty(world.Cloud.Sqs.Messages(dead));
        Assert.Contains(
            "is not authorized to perform: sqs:SendMessage",
            world.Cloud.Lambda.EventSourceMappings(World.Management).Single().LastResult,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetRecords")]
    [InlineData("GetShardIterator")]
    [InlineData("DescribeStream")]
    [InlineData("ListStreams")]
    public async Task A_role_that_lacks_one_permission_on_the_stream_cannot_be_mapped(string lacking)
    {
        await TableAsync();
        world.Function(World.Management, "Propagate", [Policies.Allow("dynamodb:*"), Policies.Deny($"dynamodb:{lacking}")]);

        var error = Assert.Throws<AwsException>(() => Map());

        Assert.Equal("InvalidParameterValueException", error.Code);
        Assert.Contains($"may not dynamodb:{lacking}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parallel_batches_of_a_shard_keep_the_order_of_each_item()
    {
        await TableAsync();
        Handler(_ => "{}");
        Map(mapping => mapping with { ParallelizationFactor = 10, BatchSize = 1 });
        foreach (var n in Enumerable.Range(1, 5))
        {
            foreach (var id in Enumerable.Range(0, 20)) await PutAsync($"item-{id}", n);
        }

        // The driver takes the ready pieces from the end: batches of different lanes overtake each other, records of one item must not.
        while (world.Cloud.Work.Ready.Count > 0) await world.Cloud.Work.RunOneAsync(world.Cloud.Work.Ready.Count - 1);

        var seen = world.Received["Propagate"]
            .Select(batch => batch["Records"]![0]!)
            .GroupBy(record => record["dynamodb"]!["Keys"]!["Id"]!["S"]!.ToString())
            .ToList();
        Assert.Equal(20, seen.Count);
        Assert.All(seen, item => Assert.Equal([1, 2, 3, 4, 5], item.Select(Value)));
        Assert.NotEqual(Enumerable.Range(0, 20).Select(id => $"item-{id}"), Ids("Propagate").Take(20));
    }

    [Fact]
    public async Task A_blocked_item_holds_up_its_own_lane_only()
    {
        await TableAsync();
        Handler(
            records => records.Any(record => record["dynamodb"]!["Keys"]!["Id"]!["S"]!.ToString() == "item-0") ? throw new FormatException("poison") : "{}");
        Map(mapping => mapping with { ParallelizationFactor = 10, BatchSize = 1 });
        foreach (var id in Enumerable.Range(0, 20)) await PutAsync($"item-{id}", 1);

        await world.RunReadyAsync();

        Assert.True(Ids("Propagate").Distinct().Count() > 10, string.Join(",", Ids("Propagate")));
    }

    [Fact]
    public async Task Only_records_that_a_filter_matches_are_delivered()
    {
        await TableAsync();
        Handler(_ => "{}");
        Map(mapping => mapping with { Filters = [EventPattern.Parse("""{"eventName":["MODIFY"]}""")] });

        await PutAsync("a", 1);
        await PutAsync("a", 2);
        await world.SettleAsync();

        Assert.Equal([[2]], Batches());
    }

    [Fact]
    public async Task A_disabled_mapping_delivers_when_it_is_enabled_again_and_a_deleted_one_never()
    {
        await TableAsync();
        Handler(_ => "{}");
        Map();
        Map(mapping => mapping with { Enabled = false });
        await PutAsync("a", 1);
        await world.SettleAsync();
        Assert.Empty(Batches());

        Map();
        await world.SettleAsync();
        Assert.Equal([[1]], Batches());

        world.Cloud.Lambda.DeleteEventSourceMapping(World.Management, "mapping");
        await PutAsync("a", 2);
        await world.SettleAsync();
        Assert.Equal([[1]], Batches());
    }

    [Fact]
    public async Task With_the_real_clock_and_the_thread_pool_a_write_reaches_a_queue_through_its_function()
    {
        await using var cloud = new LocalCloud();
        var target = cloud.Sqs.PutQueue(World.Management, "out");
        var role = cloud.Iam.PutRole(World.Management, Policies.Role("Role", Permissions));
        cloud.Lambda.RegisterInProcess("Copy", environment => async (payload, _) =>
        {
            using var own = new Api(environment.CreateHandler(), environment.Variables["AWS_ACCESS_KEY_ID"], environment.Variables["AWS_SESSION_TOKEN"]);
            foreach (var record in JsonNode.Parse(payload.Span)!["Records"]!.AsArray())
                await own.JsonAsync(
                    "AmazonSQS.SendMessage",
                    new JsonObject { ["QueueUrl"] = target, ["MessageBody"] = record!["dynamodb"]!["Keys"]!["Id"]!["S"]!.ToString() });
            return "{}"u8.ToArray();
        });
        cloud.Lambda.PutFunction(new FunctionDefinition(World.Management, "Copy", role.Arn, "Copy"));
        using var own = new Api(cloud, World.Management);
        cloud.Lambda.PutEventSourceMapping(new EventSourceMapping(World.Management, "m", "Copy", await CreateTableAsync(own)) { ParallelizationFactor = 10 });

        foreach (var id in Enumerable.Range(0, 50)) await own.JsonAsync("DynamoDB_20120810.PutItem", Item($"item-{id}", 1));
        await cloud.Work.WhenIdleAsync();

        Assert.Empty(cloud.Work.Failures);
        Assert.Equal(
            Enumerable.Range(0, 50).Select(id => $"item-{id}").Order(StringComparer.Ordinal),
            cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{World.Management}:out").Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    private async Task TableAsync() => stream = await CreateTableAsync(api);

    private static async Task<string> CreateTableAsync(Api api)
    {
        var created = await api.JsonAsync("DynamoDB_20120810.CreateTable", JsonNode.Parse(
            """
            {"TableName":"Rows","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"Id","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"}],
             "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
            """)!.AsObject());
        return created["TableDescription"]!["LatestStreamArn"]!.ToString();
    }

    private void Handler(Func<List<JsonNode>, string> run) =>
        world.Function(
            World.Management,
            "Propagate",
            (input, _) => Task.FromResult(run([.. input["Records"]!.AsArray().Select(record => record!)])),
            Permissions);

    private void Map(Func<EventSourceMapping, EventSourceMapping>? shape = null)
    {
        var mapping = new EventSourceMapping(World.Management, "mapping", "Propagate", stream);
        world.Cloud.Lambda.PutEventSourceMapping(shape?.Invoke(mapping) ?? mapping);
    }

    private Task<JsonObject> PutAsync(string id, int n) => api.JsonAsync("DynamoDB_20120810.PutItem", Item(id, n));

    private static JsonObject Item(string id, int n) => new()
    {
        ["TableName"] = "Rows",
        ["Item"] = new JsonObject
        {
            ["Id"] = new JsonObject { ["S"] = id },
            ["N"] = new JsonObject { ["N"] = n.ToString(System.Globalization.CultureInfo.InvariantCulture) }
        },
    };

    private static int Value(JsonNode record) =>
        int.Parse(record["dynamodb"]!["NewImage"]!["N"]!["N"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Failures(params JsonNode[] records) =>
        $$"""{"batchItemFailures":[{{string.Join(",", records.Select(record => $$"""{"itemIdentifier":"{{record["dynamodb"]!["SequenceNumber"]}}"}"""))}}]}""";

    private List<List<int>> Batches() =>
        [.. world.Received["Propagate"].Select(batch => batch["Records"]!.AsArray().Select(record => Value(record!)).ToList())];

    private List<string> Ids(string function) =>
        [.. world.Received[function].SelectMany(batch => batch["Records"]!.AsArray()).Select(record => record!["dynamodb"]!["Keys"]!["Id"]!["S"]!.ToString())];

    private JsonNode Body(string queue) => JsonNode.Parse(world.Cloud.Sqs.Messages(queue).Single().Body)!;
}
