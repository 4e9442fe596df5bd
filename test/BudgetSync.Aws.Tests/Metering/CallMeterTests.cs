using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Metering;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.DynamoDb;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

public sealed class CallMeterTests
{
    /// <summary>Of amazon.nova-pro-v1:0 in us-east-1, by the list in the program.</summary>
    private static readonly ModelPrice Price = PriceList.BuiltIn.Find(BedrockModel.Of(MeteredWorld.Nova), "us-east-1")!;

    [Fact]
    public async Task A_call_adds_to_the_day_of_its_principal_and_model_hour_by_hour_and_to_its_principals_minute()
    {
        await using var world = await MeteredWorld.CreateAsync();

        var answer = await world.Meter().CountAsync(
            MeteredWorld.Batch(world.Record(), world.Record(), world.Record(ago: TimeSpan.FromHours(1))), default);

        Assert.Equal(new MeterAnswer(3, 0, 0, 0), answer);
        var (sort, day) = Assert.Single(await world.ItemsAsync());
        Assert.Equal($"role/DataScience|Regional|{MeteredWorld.Nova}|us-east-1", sort);
        var each = Price.Of(new TokenCount(1000, 0, 0, 100))!.Value;
        Assert.Equal((3 * each, 2 * each, each), (Number(day["Cost"]), Number(day["H10"]), Number(day["H09"])));
        Assert.Equal(("3", "3000", "300", "role/DataScience"), (day["Calls"].N, day["Input"].N, day["Output"].N, day["Principal"].S));
        var minute = (await world.ItemsAsync("M#2026-11-29T10:30"))["role/DataScience"];
        Assert.Equal(("2", "2200"), (minute["Calls"].N, minute["Tokens"].N));
    }

    [Fact]
    public async Task A_request_counts_once_in_one_batch_in_several_and_days_later()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var (one, other) = (world.Record(), world.Record());

        var first = await world.Meter().CountAsync(MeteredWorld.Batch(one, one, other), default);
        world.Clock.Advance(TimeSpan.FromDays(2));
        var second = await world.Meter().CountAsync(MeteredWorld.Batch(other, world.Record(ago: TimeSpan.FromDays(2)), one), default);

        Assert.Equal((new MeterAnswer(2, 1, 0, 0), new MeterAnswer(1, 2, 0, 0)), (first, second));
        Assert.Equal(3, await world.SumAsync("Calls"));
    }

    /// <summary>Whoever may write the log chooses the time; what comes with it in one batch counts all the same.</summary>
    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("2026-12-01T10:30:00Z")]
    public async Task A_record_of_another_time_is_none_and_holds_up_no_other(string at)
    {
        await using var world = await MeteredWorld.CreateAsync();
        var record = System.Text.Json.Nodes.JsonNode.Parse(world.Record())!;
        record["timestamp"] = at;

        var answer = await world.Meter().CountAsync(MeteredWorld.Batch(record.ToJsonString(), world.Record()), default);

        Assert.Equal((1, 1), (answer.Counted, answer.Malformed));
        Assert.Equal(1, await world.SumAsync("Calls"));
    }

    /// <summary>
    /// What was counted of a batch must be known as long as it may come again: CloudWatch Logs delivers for a day, Lambda tries for 6 hours, and its queue
    /// keeps it for 14 days.
    /// </summary>
    [Fact]
    public async Task The_id_of_a_request_is_kept_longer_than_its_batch_may_lie_in_a_queue()
    {
        await using var world = await MeteredWorld.CreateAsync();
        await world.Meter().CountAsync(MeteredWorld.Batch(world.Record(requestId: "00000000-0000-4000-8000-00000000000a")), default);

        var id = Assert.Single(await world.ItemsAsync("R#us-east-1#00000000-0000-4000-8000-00000000000a")).Value;
        var until = DateTimeOffset.FromUnixTimeSeconds((long)Number(id["ExpiresAt"]));
        Assert.True(until - world.Clock.GetUtcNow() > TimeSpan.FromDays(15) + TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task A_batch_of_more_than_a_transaction_takes_several_and_its_sum_is_exact()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var random = new Random(1);
        var expected = 0m;
        var records = new List<string>();
        for (var number = 0; number < 1000; number++)
        {
            var (input, output) = (random.Next(100_000), random.Next(10_000));
            expected += ((input * Price.Input) + (output * Price.Output)) / 1_000_000;
            records.Add(world.Record($"Team{random.Next(20)}", MeteredWorld.Nova, input, output, ago: TimeSpan.FromMinutes(random.Next(30))));
            if (number % 20 == 0) records.Add(records[^1]);
        }

        var answer = await world.Meter().CountAsync(MeteredWorld.Batch(records), default);

        Assert.Equal(new MeterAnswer(1000, 50, 0, 0), answer);
        Assert.Equal(expected, await world.SumAsync());
    }

    /// <summary>DynamoDB charges each action of a transaction twice, and most of them would be sums.</summary>
    [Fact]
    public async Task Calls_of_one_principal_share_the_sums_they_add_to_in_whatever_order_they_come()
    {
        await using var world = await MeteredWorld.CreateAsync();

        // Alone each needs 3 actions: 7 transactions of 33.
        var answer = await world.Meter().CountAsync(
            MeteredWorld.Batch(Enumerable.Range(0, 200).Select(number => world.Record($"Team{number % 50}"))), default);

        Assert.Equal((200, 4), (answer.Counted, world.Cloud.Calls.Count("dynamodb", "TransactWriteItems")));
    }

    [Fact]
    public async Task What_has_no_price_is_counted_apart_and_is_in_no_sum()
    {
        await using var world = await MeteredWorld.CreateAsync();

        var answer = await world.Meter().CountAsync(MeteredWorld.Batch(world.Record(model: "vendor.model-of-next-year-v1:0"), world.Record()), default);

        Assert.Equal(new MeterAnswer(2, 0, 1, 0), answer);
        Assert.Equal(Price.Of(new TokenCount(1000, 0, 0, 100)), await world.SumAsync());
        Assert.Equal((2, 1), (await world.SumAsync("Calls"), await world.SumAsync("Unpriced")));
    }

    /// <summary>A call that failed costs nothing; one that was answered without counts does, and says so.</summary>
    [Fact]
    public async Task What_has_no_counted_tokens_is_counted_apart_and_costs_nothing_here()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var (image, failed) = (JsonNode.Parse(world.Record())!, JsonNode.Parse(world.Record())!); // Each is an object.
        image["input"] = new JsonObject { ["inputContentType"] = "application/json" };
        image["output"] = new JsonObject { ["outputContentType"] = "application/json" };
        (failed["input"], failed["output"], failed["errorCode"]) = (new JsonObject(), new JsonObject(), "ResourceNotFoundException");

        var batch = MeteredWorld.Batch(image.ToJsonString(), failed.ToJsonString(), world.Record());
        var answer = await world.Meter().CountAsync(batch, default);
        await world.Meter().CountAsync(batch, default);

        Assert.Equal(new MeterAnswer(3, 0, 0, 0) { Uncounted = 1 }, answer);
        Assert.Contains("1 without counted tokens", answer.ToString(), StringComparison.Ordinal);
        Assert.Equal(Price.Of(new TokenCount(1000, 0, 0, 100)), await world.SumAsync());
        Assert.Equal((3, 0, 1), (await world.SumAsync("Calls"), await world.SumAsync("Unpriced"), await world.SumAsync("Uncounted")));
    }

    [Fact]
    public async Task What_is_no_record_of_this_account_is_counted_with_its_problem_once()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var foreign = world.Record().Replace(MeteredWorld.Account, "444455556666", StringComparison.Ordinal);

        var answer = await world.Meter().CountAsync(MeteredWorld.Batch("nonsense", foreign), default);
        await world.Meter().CountAsync(MeteredWorld.Batch("nonsense", foreign), default);

        Assert.Equal(2, answer.Malformed);
        var malformed = (await world.ItemsAsync())["!malformed"];
        Assert.Equal(("2", "is of account 444455556666"), (malformed["Malformed"].N, malformed["Problem"].S));
    }

    [Fact]
    public async Task An_application_inference_profile_is_priced_as_its_model_which_is_asked_once()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var profile = world.Cloud.Bedrock.PutProfile(
            MeteredWorld.Account, "ab12cd34ef56", "team", $"arn:aws:bedrock:us-east-1::foundation-model/{MeteredWorld.Nova}");
        var meter = world.Meter();

        for (var number = 0; number < 3; number++) await meter.CountAsync(MeteredWorld.Batch(world.Record(model: profile.Arn)), default);
        var unknown = await meter.CountAsync(MeteredWorld.Batch(world.Record(model: profile.Arn[..^1] + "0")), default);

        Assert.Equal(1, unknown.Unpriced);
        Assert.Equal(3 * Price.Of(new TokenCount(1000, 0, 0, 100)), await world.SumAsync());
        Assert.Equal(2, world.Cloud.Calls.Count("bedrock", "GetInferenceProfile"));
    }

    [Fact]
    public async Task Long_texts_from_outside_fit_into_a_key()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var (model, request) = (new string('m', 2000) + "a", new string('r', 2000));

        var answer = await world.Meter().CountAsync(
            MeteredWorld.Batch(world.Record(model: model, requestId: request + "1"), world.Record(model: model, requestId: request + "2")), default);

        Assert.Equal(2, answer.Counted);
        Assert.Equal(model, Assert.Single(await world.ItemsAsync()).Value["Model"].S);
    }

    /// <summary>Wherever a try ends, before or after a transaction took effect, the next one makes it whole.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_transaction_neither_loses_nor_doubles(bool afterEffect)
    {
        for (var at = 1; at <= 5; at++)
        {
            await using var world = await MeteredWorld.CreateAsync();
            var records = Enumerable.Range(0, 400).Select(number => world.Record($"Team{number % 7}")).ToList();
            var transactions = 0;
            // The place is passed only once: the instance that comes after lives.
            world.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems" && ++transactions == at
                ? afterEffect ? new Fault.ResponseLoss() : new Fault.Refusal(new AwsException("AccessDeniedException", "The function dies here."))
                : null);

            var failure = await Record.ExceptionAsync(() => world.Meter().CountAsync(MeteredWorld.Batch(records), default));
            await world.Meter(2).CountAsync(MeteredWorld.Batch(records), default);

            Assert.Equal(afterEffect, failure is null);
            Assert.Equal(400, await world.SumAsync("Calls"));
            Assert.Equal(400 * Price.Of(new TokenCount(1000, 0, 0, 100)), await world.SumAsync());
        }
    }

    [Fact]
    public async Task A_conflict_with_another_Meter_is_tried_again()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var conflicts = 3;
        world.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems" && conflicts-- > 0
            ? new Fault.Refusal(TransactionConflict.Of(1, 3))
            : null);

        var answer = await world.Meter().CountAsync(MeteredWorld.Batch(world.Record()), default);

        Assert.Equal(1, answer.Counted);
    }

    [Fact]
    public async Task A_conflict_that_does_not_end_fails_the_batch_so_that_it_comes_again()
    {
        await using var world = await MeteredWorld.CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems" ? new Fault.Refusal(TransactionConflict.Of(1, 3)) : null);

        await Assert.ThrowsAsync<AwsFaultException>(() => world.Meter().CountAsync(MeteredWorld.Batch(world.Record()), default));

        Assert.Equal(Limits.TransactionAttempts, world.Cloud.Calls.Count("dynamodb", "TransactWriteItems"));
    }

    [Fact]
    public async Task Meters_at_once_count_each_request_once()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var records = Enumerable.Range(0, 300).Select(number => world.Record($"Team{number % 3}")).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(
            () => world.Meter(number).CountAsync(MeteredWorld.Batch(records.Skip(number * 10).Concat(records.Take(number * 10))), default))));

        Assert.Equal((300, 1500), (answers.Sum(answer => answer.Counted), answers.Sum(answer => answer.Doubles)));
        Assert.Equal(300, await world.SumAsync("Calls"));
    }

    private static decimal Number(Amazon.DynamoDBv2.Model.AttributeValue value) => decimal.Parse(value.N, CultureInfo.InvariantCulture);
}
