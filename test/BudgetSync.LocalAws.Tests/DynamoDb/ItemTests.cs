using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>What conformance.json cannot say: sizes, pages, batches, many accounts.</summary>
public sealed class ItemTests
{
    [Theory]
    [InlineData(400 * 1024, true)]
    [InlineData((400 * 1024) + 1, false)]
    public async Task An_item_has_at_most_400_KB_names_included(int bytes, bool accepted)
    {
        await using var budgets = await Budgets.OpenAsync();
        var text = new string('x', bytes - "AccountIdaNote".Length);

        var failure = await Record.ExceptionAsync(() => budgets.PutAsync("a", ("Note", new AttributeValue(text))));

        Assert.Equal(accepted, failure is null);
    }

    [Fact]
    public async Task An_update_that_makes_an_item_too_large_is_refused_and_changes_nothing()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a", ("Note", new AttributeValue(new string('x', 400_000))));

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => budgets.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Budgets.TableName,
            Key = Budgets.Key("a"),
            UpdateExpression = "SET More = :v",
            ExpressionAttributeValues = new() { [":v"] = new AttributeValue(new string('x', 10_000)) },
        }));

        Assert.Equal("Item size to update has exceeded the maximum allowed size", failure.Message);
        Assert.Equal(2, (await budgets.GetAsync("a")).Count);
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public async Task A_partition_key_has_at_most_2048_bytes(int length, bool accepted)
    {
        await using var budgets = await Budgets.OpenAsync();

        var failure = await Record.ExceptionAsync(() => budgets.PutAsync(new string('k', length)));

        Assert.Equal(accepted, failure is null);
    }

    [Theory]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    public async Task An_attribute_name_has_fewer_than_65536_bytes(int length, bool accepted)
    {
        await using var budgets = await Budgets.OpenAsync();

        var failure = await Record.ExceptionAsync(() => budgets.PutAsync("a", (new string('n', length), new AttributeValue("x"))));

        Assert.Equal(accepted, failure is null);
    }

    [Fact]
    public async Task A_failed_condition_shows_the_item_to_whom_asks_for_it()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "1000" }));

        var failure = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => budgets.Client.PutItemAsync(new PutItemRequest
        {
            TableName = Budgets.TableName,
            Item = Budgets.Key("a"),
            ConditionExpression = "attribute_not_exists(AccountId)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        }));

        Assert.Equal("1000", failure.Item["BudgetValue"].N);
    }

    [Fact]
    public async Task Of_many_conditional_puts_at_once_exactly_one_wins()
    {
        await using var budgets = await Budgets.OpenAsync();
        var puts = Enumerable.Range(0, 20).Select(_ => Task.Run(() => Record.ExceptionAsync(() => budgets.Client.PutItemAsync(new PutItemRequest
        {
            TableName = Budgets.TableName,
            Item = Budgets.Key("a"),
            ConditionExpression = "attribute_not_exists(AccountId)",
        }))));

        var failures = await Task.WhenAll(puts);

        Assert.Single(failures, failure => failure is null);
        Assert.Equal(19, failures.OfType<ConditionalCheckFailedException>().Count());
    }

    [Fact]
    public async Task A_batch_writes_deletes_and_gets_items()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("old");
        await budgets.Client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>>
        {
            [Budgets.TableName] = [new(new PutRequest(Budgets.Key("a"))), new(new PutRequest(Budgets.Key("b"))), new(new DeleteRequest(Budgets.Key("old")))],
        });

        var got = await budgets.Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes>
        {
            [Budgets.TableName] = new() { Keys = [Budgets.Key("a"), Budgets.Key("b"), Budgets.Key("old")] },
        });

        Assert.Equal(["a", "b"], got.Responses[Budgets.TableName].Select(item => item["AccountId"].S).Order(StringComparer.Ordinal));
        Assert.Equal(4, budgets.Records().Count);
    }

    [Fact]
    public async Task A_batch_answers_items_in_an_order_that_is_not_the_callers()
    {
        await using var budgets = await Budgets.OpenAsync();
        foreach (var key in new[] { "a", "b", "c" }) await budgets.PutAsync(key);
        var got = await budgets.Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes>
        {
            [Budgets.TableName] = new() { Keys = [Budgets.Key("a"), Budgets.Key("b"), Budgets.Key("c")] },
        });
        Assert.Equal(["c", "b", "a"], got.Responses[Budgets.TableName].Select(item => item["AccountId"].S));
    }

    [Theory]
    [InlineData(
        26,
        false,
        "1 validation error detected: Value at 'requestItems.budgets' failed to satisfy constraint: Member must have length less than or equal to 25")]
    [InlineData(2, true, "Provided list of item keys contains duplicates")]
    public async Task A_batch_of_too_many_or_doubled_writes_is_refused_whole(int count, bool doubled, string message)
    {
        await using var budgets = await Budgets.OpenAsync();
        var writes = Enumerable.Range(0, count).Select(number => new WriteRequest(new PutRequest(Budgets.Key(doubled ? "same" : $"{number}")))).ToList();

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() =>
            budgets.Client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [Budgets.TableName] = writes }));

        Assert.Equal(message, failure.Message);
        Assert.Empty(budgets.Records());
    }

    [Fact]
    public async Task A_batch_of_too_many_writes_to_several_tables_is_refused_whole()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.Client.CreateTableAsync(Budgets.Request("Others"));
        var writes = Enumerable.Range(0, 13).Select(number => new WriteRequest(new PutRequest(Budgets.Key($"{number}")))).ToList();

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() =>
            budgets.Client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [Budgets.TableName] = writes, ["Others"] = writes }));

        Assert.Equal("Too many items requested for the BatchWriteItem call", failure.Message);
        Assert.Empty(budgets.Records());
    }

    [Fact]
    public async Task INDEXES_tells_the_tables_own_capacity_apart()
    {
        await using var budgets = await Budgets.OpenAsync();

        var put =
            await budgets.Client.PutItemAsync(
                new PutItemRequest { TableName = Budgets.TableName, Item = Budgets.Key("a"), ReturnConsumedCapacity = "INDEXES" });
        var scan = await budgets.Client.ScanAsync(new ScanRequest { TableName = Budgets.TableName, ReturnConsumedCapacity = "TOTAL" });

        Assert.Equal((1, 1), (put.ConsumedCapacity.CapacityUnits, put.ConsumedCapacity.Table.CapacityUnits));
        Assert.Equal(0.5, scan.ConsumedCapacity.CapacityUnits);
        Assert.Null(scan.ConsumedCapacity.Table);
    }

    [Fact]
    public async Task A_request_member_that_is_not_known_is_refused_by_name()
    {
        await using var budgets = await Budgets.OpenAsync();

        var (code, message) = await new Wire(budgets.Cloud, "DynamoDB_20120810", "dynamodb")
            .RefusalAsync(Budgets.Account, "Scan", "{'TableName': 'Budgets', 'IndexName': 'ByOwner'}");

        Assert.Equal(("ValidationException", "LocalAws does not know the member IndexName of Scan; BEHAVIOUR.md lists what it knows."), (code, message));
    }
}
