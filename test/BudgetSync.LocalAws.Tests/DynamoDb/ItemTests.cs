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

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Pages_of_a_scan_hold_each_item_once_whatever_the_limit(int limit)
    {
        await using var budgets = await Budgets.OpenAsync();
        for (var i = 0; i < 50; i++) await budgets.PutAsync($"{i:d12}");

        var seen = await ScanAsync(budgets, new ScanRequest { TableName = Budgets.TableName, Limit = limit });

        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"{number:d12}"), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_ends_at_1_MB()
    {
        await using var budgets = await Budgets.OpenAsync();
        for (var i = 0; i < 5; i++) await budgets.PutAsync($"{i}", ("Note", new AttributeValue(new string('x', 300_000))));

        var page = await budgets.Client.ScanAsync(new ScanRequest { TableName = Budgets.TableName });

        Assert.Equal(4, page.Count);
        Assert.NotEmpty(page.LastEvaluatedKey);
    }

    [Fact]
    public async Task Segments_of_a_parallel_scan_share_the_items_out()
    {
        await using var budgets = await Budgets.OpenAsync();
        for (var i = 0; i < 60; i++) await budgets.PutAsync($"{i}");

        var segments = new List<List<string>>();
        for (var segment = 0; segment < 3; segment++)
            segments.Add(await ScanAsync(budgets, new ScanRequest { TableName = Budgets.TableName, Segment = segment, TotalSegments = 3, Limit = 4 }));

        Assert.All(segments, Assert.NotEmpty);
        Assert.Equal(60, segments.Sum(segment => segment.Count));
        Assert.Equal(60, segments.SelectMany(segment => segment).Distinct().Count());
    }

    [Theory]
    [InlineData("AccountId = :a", true, "1 2 3 10")]
    [InlineData("AccountId = :a", false, "10 3 2 1")]
    [InlineData("AccountId = :a AND Revision > :m", true, "3 10")]
    [InlineData("AccountId = :a AND Revision <= :m", false, "2 1")]
    [InlineData("Revision = :m AND AccountId = :a", true, "2")]
    [InlineData("AccountId = :a AND Revision BETWEEN :m AND :n", true, "2 3")]
    public async Task A_query_answers_one_partition_in_the_order_of_its_sort_key(string condition, bool forward, string expected)
    {
        await using var budgets = await Budgets.OpenAsync("Revision");
        foreach (var revision in (string[])["10", "3", "1", "2"])
        {
            await budgets.PutAsync("a", ("Revision", new AttributeValue { N = revision }));
            await budgets.PutAsync("b", ("Revision", new AttributeValue { N = revision }));
        }

        var request = new QueryRequest
        {
            TableName = Budgets.TableName,
            KeyConditionExpression = condition,
            ScanIndexForward = forward,
            Limit = 1,
            ExpressionAttributeValues = new() { [":a"] = new AttributeValue("a") },
        };
        if (condition.Contains(":m", StringComparison.Ordinal)) request.ExpressionAttributeValues[":m"] = new AttributeValue { N = "2" };
        if (condition.Contains(":n", StringComparison.Ordinal)) request.ExpressionAttributeValues[":n"] = new AttributeValue { N = "5" };
        var revisions = new List<string>();
        do
        {
            var page = await budgets.Client.QueryAsync(request);
            revisions.AddRange((page.Items ?? []).Select(item => item["Revision"].N));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        Assert.Equal(expected, string.Join(' ', revisions));
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

    [Fact]
    public async Task Ten_thousand_rows_are_written_and_scanned_completely()
    {
        await using var budgets = await Budgets.OpenAsync();
        foreach (var chunk in Enumerable.Range(0, 10_000).Chunk(25))
        {
            await budgets.Client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>>
            {
                [Budgets.TableName] = [.. chunk.Select(number => new WriteRequest(new PutRequest(new()
                {
                    ["AccountId"] = new AttributeValue($"{number:d12}"),
                    ["BudgetValue"] = new AttributeValue { N = $"{number}.50" },
                })))],
            });
        }

        var seen = await ScanAsync(budgets, new ScanRequest { TableName = Budgets.TableName });

        Assert.Equal(10_000, seen.Distinct().Count());
        Assert.Equal(10_000, budgets.Records().Count);
    }

    private static async Task<List<string>> ScanAsync(Budgets budgets, ScanRequest request)
    {
        var seen = new List<string>();
        do
        {
            var page = await budgets.Client.ScanAsync(request);
            seen.AddRange((page.Items ?? []).Select(item => item["AccountId"].S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return seen;
    }
}
