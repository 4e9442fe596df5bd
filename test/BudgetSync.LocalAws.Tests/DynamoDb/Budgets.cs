using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>A cloud with one table of account 111122223333, through the official client.</summary>
internal sealed class Budgets : IAsyncDisposable
{
    public const string Account = "111122223333";
    public const string TableName = "Budgets";

    private Budgets(LocalCloudOptions options)
    {
        Cloud = new LocalCloud(options);
        Client = Sdk.DynamoDb(Cloud, Account);
    }

    public FakeTimeProvider Clock { get; private init; } = new(Api.Start);

    public LocalCloud Cloud { get; }

    public AmazonDynamoDBClient Client { get; }

    public string StreamArn { get; private set; } = "";

    /// <param name="sortKey">Null for a table with a partition key only.</param>
    public static async Task<Budgets> OpenAsync(string? sortKey = null, string viewType = "NEW_AND_OLD_IMAGES")
    {
        var clock = new FakeTimeProvider(Api.Start);
        var budgets = new Budgets(new LocalCloudOptions { Time = clock }) { Clock = clock };
        var created = await budgets.Client.CreateTableAsync(Request(TableName, sortKey, viewType));
        budgets.StreamArn = created.TableDescription.LatestStreamArn;
        return budgets;
    }

    public static CreateTableRequest Request(string name, string? sortKey = null, string viewType = "NEW_AND_OLD_IMAGES")
    {
        var request = new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("AccountId", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("AccountId", ScalarAttributeType.S)],
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = viewType },
        };
        if (sortKey is null) return request;
        request.KeySchema.Add(new KeySchemaElement(sortKey, KeyType.RANGE));
        request.AttributeDefinitions.Add(new AttributeDefinition(sortKey, ScalarAttributeType.N));
        return request;
    }

    public Task PutAsync(string accountId, params (string Name, AttributeValue Value)[] attributes)
    {
        var item = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        item["AccountId"] = new AttributeValue(accountId);
        return Client.PutItemAsync(TableName, item);
    }

    public async Task<Dictionary<string, AttributeValue>> GetAsync(string accountId) =>
        (await Client.GetItemAsync(TableName, Key(accountId))).Item;

    public static Dictionary<string, AttributeValue> Key(string accountId) => new() { ["AccountId"] = new AttributeValue(accountId) };

    /// <summary>Every record of the stream, shard by shard, each shard's oldest first.</summary>
    public List<LocalAws.DynamoDb.Streams.TableStreamRecord> Records() =>
        [.. Cloud.DynamoDb.Streams.Shards(StreamArn).SelectMany(shard => Cloud.DynamoDb.Streams.Read(StreamArn, shard, null, int.MaxValue))];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cloud.DisposeAsync();
    }
}
