using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.LocalAws.DynamoDb;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>What conformance.json cannot say of transactions: that they are whole, once and within their limits.</summary>
public sealed class TransactionTests
{
    [Fact]
    public async Task A_transaction_that_is_cancelled_changes_nothing_and_gives_no_record()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a");
        var records = budgets.Records().Count;

        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => WriteAsync(budgets, null, Put("b"), PutNew("a"), Add("c", 1)));

        Assert.Equal(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]",
            cancelled.Message);
        Assert.Equal(["None", "ConditionalCheckFailed", "None"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Null(await budgets.GetAsync("b"));
        Assert.Null(await budgets.GetAsync("c"));
        Assert.Equal(records, budgets.Records().Count);
    }

    [Fact]
    public async Task A_transaction_of_several_tables_writes_all_of_them_and_tells_their_streams()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.Client.CreateTableAsync(Budgets.Request("Others"));
        var other = Put("x");
        other.Put.TableName = "Others";

        await WriteAsync(budgets, null, Put("a"), other, Add("b", 2));

        Assert.NotNull(await budgets.GetAsync("a"));
        Assert.Equal("2", (await budgets.GetAsync("b"))["n"].N);
        Assert.NotEmpty((await budgets.Client.GetItemAsync("Others", Budgets.Key("x"))).Item);
        Assert.Equal(2, budgets.Records().Count);
    }

    [Fact]
    public async Task A_token_means_its_transaction_for_ten_minutes()
    {
        await using var budgets = await Budgets.OpenAsync();

        await WriteAsync(budgets, "token", Add("a", 1));
        await WriteAsync(budgets, "token", Add("a", 1));
        Assert.Equal("1", (await budgets.GetAsync("a"))["n"].N);
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => WriteAsync(budgets, "token", Add("a", 2)));
        budgets.Clock.Advance(TimeSpan.FromMinutes(10));
        await WriteAsync(budgets, "token", Add("a", 1));

        Assert.Equal("2", (await budgets.GetAsync("a"))["n"].N);
    }

    [Fact]
    public async Task A_transaction_that_was_cancelled_may_be_tried_again_with_its_token()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a");
        await Assert.ThrowsAsync<TransactionCanceledException>(() => WriteAsync(budgets, "token", PutNew("a")));
        await budgets.Client.DeleteItemAsync(Budgets.TableName, Budgets.Key("a"));

        await WriteAsync(budgets, "token", PutNew("a"));

        Assert.NotNull(await budgets.GetAsync("a"));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_transaction_has_at_most_100_actions(int count, bool accepted)
    {
        await using var budgets = await Budgets.OpenAsync();

        var failure = await Record.ExceptionAsync(() => WriteAsync(budgets, null, [.. Enumerable.Range(0, count).Select(index => Put($"k{index}"))]));

        Assert.Equal(accepted, failure is null);
        Assert.Equal(accepted ? null : "ValidationException", (failure as AmazonDynamoDBException)?.ErrorCode);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task The_items_of_a_transaction_have_at_most_4_MB(int count, bool accepted)
    {
        await using var budgets = await Budgets.OpenAsync();
        var text = new AttributeValue(new string('x', 399 * 1024));
        TransactWriteItem[] puts = [.. Enumerable.Range(0, count).Select(index => Put($"k{index}"))];
        foreach (var put in puts) put.Put.Item["Note"] = text;

        var failure = await Record.ExceptionAsync(() => WriteAsync(budgets, null, puts));

        Assert.Equal(accepted, failure is null);
        Assert.Equal(accepted, await budgets.GetAsync("k0") is not null);
    }

    [Fact]
    public async Task Of_many_transactions_at_once_that_put_one_item_and_add_to_another_exactly_one_is_done()
    {
        await using var budgets = await Budgets.OpenAsync();

        var tries = Enumerable.Range(0, 20).Select(_ => Task.Run(() => Record.ExceptionAsync(() => WriteAsync(budgets, null, PutNew("once"), Add("sum", 1)))));
        var failures = (await Task.WhenAll(tries)).OfType<Exception>().ToList();

        Assert.Equal(19, failures.Count);
        Assert.All(failures, failure => Assert.IsType<TransactionCanceledException>(failure));
        Assert.Equal("1", (await budgets.GetAsync("sum"))["n"].N);
    }

    [Fact]
    public async Task A_conflict_comes_by_the_fault_plan()
    {
        await using var budgets = await Budgets.OpenAsync();
        budgets.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems" ? new Fault.Refusal(TransactionConflict.Of(1, 2)) : null);

        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => WriteAsync(budgets, null, Put("a"), Put("b")));

        Assert.Equal(["None", "TransactionConflict"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Null(await budgets.GetAsync("a"));
    }

    [Fact]
    public async Task Each_action_needs_the_permission_that_it_would_need_by_itself()
    {
        await using var budgets = await Budgets.OpenAsync();
        var table = $"arn:aws:dynamodb:us-east-1:{Budgets.Account}:table/{Budgets.TableName}";
        var user = budgets.Cloud.Iam.PutUser(Budgets.Account, "writer", Policies.Document(Policies.Allow("dynamodb:PutItem", table)));
        using var client = new AmazonDynamoDBClient(
            new Amazon.Runtime.BasicAWSCredentials(budgets.Cloud.Iam.CreateAccessKey(user), "any"), Sdk.Reach(new AmazonDynamoDBConfig(), budgets.Cloud));

        await client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [Put("a")] });
        var denied = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [Put("b"), Add("c", 1)] }));

        Assert.Contains("dynamodb:UpdateItem", denied.Message, StringComparison.Ordinal);
        Assert.Null(await budgets.GetAsync("b"));
    }

    private static Task<TransactWriteItemsResponse> WriteAsync(Budgets budgets, string? token, params TransactWriteItem[] items) =>
        budgets.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [.. items], ClientRequestToken = token });

    private static TransactWriteItem Put(string key) => new() { Put = new Put { TableName = Budgets.TableName, Item = Budgets.Key(key) } };

    private static TransactWriteItem PutNew(string key)
    {
        var item = Put(key);
        item.Put.ConditionExpression = "attribute_not_exists(AccountId)";
        return item;
    }

    private static TransactWriteItem Add(string key, int number) => new()
    {
        Update = new Update
        {
            TableName = Budgets.TableName,
            Key = Budgets.Key(key),
            UpdateExpression = "ADD n :v",
            ExpressionAttributeValues = new() { [":v"] = new AttributeValue { N = $"{number}" } },
        },
    };
}
