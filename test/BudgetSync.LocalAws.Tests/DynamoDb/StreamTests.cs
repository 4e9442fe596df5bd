using System.Numerics;
using Amazon.DynamoDBv2.Model;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

public sealed class StreamTests
{
    [Fact]
    public async Task A_put_an_update_and_a_delete_give_INSERT_MODIFY_and_REMOVE_with_their_images()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "1" }));
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "2" }));
        await budgets.Client.DeleteItemAsync(Budgets.TableName, Budgets.Key("a"));

        var records = budgets.Records();

        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], records.Select(record => record.Record["eventName"]!.ToString()));
        Assert.Equal([null, "1", "2"], records.Select(record => record.Record["dynamodb"]!["OldImage"]?["BudgetValue"]!["N"]!.ToString()));
        Assert.Equal(["1", "2", null], records.Select(record => record.Record["dynamodb"]!["NewImage"]?["BudgetValue"]!["N"]!.ToString()));
        Assert.All(records, record => Assert.Equal("a", record.Record["dynamodb"]!["Keys"]!["AccountId"]!["S"]!.ToString()));
    }

    [Fact]
    public async Task A_write_that_changes_nothing_gives_no_record()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "1500.50" }), ("EmailRecipients", new AttributeValue { SS = ["x", "y"] }));
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "1500.5" }), ("EmailRecipients", new AttributeValue { SS = ["y", "x"] }));
        await budgets.Client.UpdateItemAsync(
            new UpdateItemRequest { TableName = Budgets.TableName, Key = Budgets.Key("a"), UpdateExpression = "REMOVE Nothing" });
        await budgets.Client.DeleteItemAsync(Budgets.TableName, Budgets.Key("nobody"));

        Assert.Single(budgets.Records());
    }

    [Theory]
    [InlineData("REMOVE Nothing", false)]
    [InlineData("REMOVE Nothing.here", false)]
    [InlineData("DELETE Nothing :set", false)]
    [InlineData(null, true)]
    public async Task An_update_that_only_removes_makes_no_item_and_gives_no_record(string? expression, bool makesOne)
    {
        await using var budgets = await Budgets.OpenAsync();
        var request = new UpdateItemRequest { TableName = Budgets.TableName, Key = Budgets.Key("a"), UpdateExpression = expression };
        if (expression?.Contains(":set", StringComparison.Ordinal) == true)
            request.ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":set"] = new() { SS = ["x"] } };

        await budgets.Client.UpdateItemAsync(request);

        Assert.Equal(makesOne ? 1 : 0, budgets.Records().Count);
        Assert.Equal(makesOne, (await budgets.GetAsync("a")) is { Count: > 0 });
    }

    [Fact]
    public async Task A_record_has_every_member_of_the_Lambda_event()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a");

        var record = Assert.Single(budgets.Records());

        Assert.Equal(
            ["eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb", "eventSourceARN"],
            record.Record.Select(member => member.Key));
        Assert.Equal(
            ["ApproximateCreationDateTime", "Keys", "NewImage", "SequenceNumber", "SizeBytes", "StreamViewType"],
            record.Record["dynamodb"]!.AsObject().Select(member => member.Key));
        Assert.Equal(budgets.StreamArn, record.Record["eventSourceARN"]!.ToString());
        Assert.Equal(budgets.Clock.GetUtcNow().ToUnixTimeSeconds(), record.Record["dynamodb"]!["ApproximateCreationDateTime"]!.GetValue<long>());
        Assert.Equal(budgets.Clock.GetUtcNow(), record.ArrivedAt);
    }

    [Theory]
    [InlineData("KEYS_ONLY", false, false)]
    [InlineData("NEW_IMAGE", true, false)]
    [InlineData("OLD_IMAGE", false, true)]
    [InlineData("NEW_AND_OLD_IMAGES", true, true)]
    public async Task A_record_has_the_images_that_the_view_type_asks_for(string viewType, bool hasNew, bool hasOld)
    {
        await using var budgets = await Budgets.OpenAsync(viewType: viewType);
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "1" }));
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "2" }));

        var change = budgets.Records()[^1].Record["dynamodb"]!;

        Assert.Equal((hasNew, hasOld), (change["NewImage"] is not null, change["OldImage"] is not null));
    }

    [Fact]
    public async Task Sequence_numbers_have_24_digits_and_grow_as_numbers_and_as_text()
    {
        await using var budgets = await Budgets.OpenAsync();
        for (var i = 0; i < 30; i++) await budgets.PutAsync($"account {i}");

        var numbers = budgets.Records().OrderBy(record => record.Record["dynamodb"]!["Keys"]!["AccountId"]!["S"]!.ToString().Length)
            .Select(record => record.SequenceNumber).Order(StringComparer.Ordinal).ToList();

        Assert.All(numbers, number => Assert.Equal(24, number.Length));
        Assert.Equal(numbers, numbers.OrderBy(number => BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(30, numbers.Distinct().Count());
    }

    [Fact]
    public async Task Records_of_one_item_stay_in_one_shard_in_order_while_items_spread_over_all_shards()
    {
        await using var budgets = await Budgets.OpenAsync();
        foreach (var round in (string[])["1", "2", "3"])
        {
            for (var i = 0; i < 40; i++) await budgets.PutAsync($"{i}", ("BudgetValue", new AttributeValue { N = round }));
        }

        var streams = budgets.Cloud.DynamoDb.Streams;
        var shards = streams.Shards(budgets.StreamArn).Select(shard => streams.Read(budgets.StreamArn, shard, null, 1000)).ToList();

        Assert.Equal(4, shards.Count);
        Assert.All(shards, Assert.NotEmpty);
        var items = shards.SelectMany((records, shard) => records.Select(record => (shard, record))).GroupBy(entry => entry.record.Key).ToList();
        Assert.Equal(40, items.Count);
        Assert.All(items, item =>
        {
            Assert.Single(item.Select(entry => entry.shard).Distinct());
            Assert.Equal(["1", "2", "3"], item.Select(entry => entry.record.Record["dynamodb"]!["NewImage"]!["BudgetValue"]!["N"]!.ToString()));
        });
    }

    [Fact]
    public async Task Records_are_gone_after_24_hours()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "1" }));
        budgets.Clock.Advance(TimeSpan.FromHours(23));
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "2" }));
        Assert.Equal(2, budgets.Records().Count);

        budgets.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("MODIFY", Assert.Single(budgets.Records()).Record["eventName"]!.ToString());
    }

    [Fact]
    public async Task A_reader_goes_on_after_a_position_and_takes_no_more_than_it_asked_for()
    {
        await using var budgets = await Budgets.OpenAsync();
        for (var i = 0; i < 5; i++) await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = $"{i}" }));
        var streams = budgets.Cloud.DynamoDb.Streams;
        var shard = streams.Shards(budgets.StreamArn).Single(id => streams.Latest(budgets.StreamArn, id) is not null);

        var first = streams.Read(budgets.StreamArn, shard, null, 2);
        var rest = streams.Read(budgets.StreamArn, shard, first[^1].SequenceNumber, 100);

        Assert.Equal((2, 3), (first.Count, rest.Count));
        Assert.Equal(streams.Latest(budgets.StreamArn, shard), rest[^1].SequenceNumber);
    }

    [Fact]
    public async Task A_subscriber_is_told_of_each_write_that_changed_something_until_it_leaves()
    {
        await using var budgets = await Budgets.OpenAsync();
        var told = 0;
        var subscription = budgets.Cloud.DynamoDb.Streams.Subscribe(budgets.StreamArn, () => told++);
        await budgets.PutAsync("a");
        await budgets.PutAsync("a");
        await budgets.PutAsync("b");
        subscription.Dispose();
        await budgets.PutAsync("c");

        Assert.Equal(2, told);
    }
}
