using Amazon.DynamoDBv2.Model;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

public sealed class ItemPagesTests
{
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
