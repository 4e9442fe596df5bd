using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Tables;

/// <summary>The table that people edit. Read only, and always consistently: an event is a hint, the table is the truth.</summary>
public sealed class BudgetsTable(IAmazonDynamoDB dynamo, string table, AwsCaller caller)
{
    /// <summary>The row of a scope as it stands now; null where there is none.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<RowImage?> ReadAsync(string key, CancellationToken cancellation)
    {
        var request = new GetItemRequest
        {
            TableName = table,
            ConsistentRead = true,
            Key = new Dictionary<string, AttributeValue> { ["AccountId"] = new() { S = key } },
        };
        var answer = await caller.CallAsync("dynamodb", "GetItem", token => dynamo.GetItemAsync(request, token), cancellation);
        return answer.Item is { Count: > 0 } item ? RowImageMapper.Row(item) : null;
    }

    /// <summary>Those of the scopes that have a row, in the order asked for.</summary>
    public async Task<IReadOnlyList<RowImage>> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var rows = await Task.WhenAll(keys.Select(key => ReadAsync(key, cancellation)));
        return [.. rows.OfType<RowImage>()];
    }

    /// <summary>Every row there is.</summary>
    public Task<IReadOnlyList<RowImage>> ScanAsync(CancellationToken cancellation) => ScanAsync(projection: null, cancellation);

    /// <summary>The keys of every row there is: who only asks which rows exist need not carry what they say.</summary>
    public async Task<IReadOnlyList<string>> ScanKeysAsync(CancellationToken cancellation) =>
        [.. (await ScanAsync("AccountId", cancellation)).Select(row => row.Key)];

    private async Task<IReadOnlyList<RowImage>> ScanAsync(string? projection, CancellationToken cancellation) =>
        [.. (await TableScan.ReadAsync(dynamo, table, projection, caller, cancellation)).Select(RowImageMapper.Row)];
}
