using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Aws.Tables;

/// <summary>
/// The table that people edit. Read always consistently: an event is a hint, the table is the truth. Written only for a person (<see cref="WriteAsync"/>), and
/// only where the row is still the one that was shown to them.
/// </summary>
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
            Key = Key(key),
        };
        var answer = await caller.CallAsync("dynamodb", "GetItem", token => dynamo.GetItemAsync(request, token), cancellation);
        return answer.Item is { Count: > 0 } item ? RowImageMapper.Row(item) : null;
    }

    /// <summary>Those of the scopes that have a row, in the order asked for.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<IReadOnlyList<RowImage>> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var rows = new Dictionary<string, RowImage>(StringComparer.Ordinal);
        foreach (var batch in keys.Distinct(StringComparer.Ordinal).Chunk(AwsLimits.BatchGetKeys))
        {
            foreach (var item in await ItemBatch.ReadAsync(dynamo, table, [.. batch.Select(Key)], caller, cancellation))
            {
                var row = RowImageMapper.Row(item);
                rows[row.Key] = row;
            }
        }

        return [.. keys.Select(rows.GetValueOrDefault).OfType<RowImage>()];
    }

    /// <summary>Every row there is.</summary>
    public Task<IReadOnlyList<RowImage>> ScanAsync(CancellationToken cancellation) => ScanAsync(projection: null, cancellation);

    /// <summary>The keys of every row there is: who only asks which rows exist need not carry what they say.</summary>
    public async Task<IReadOnlyList<string>> ScanKeysAsync(CancellationToken cancellation) =>
        [.. (await ScanAsync("AccountId", cancellation)).Select(row => row.Key)];

    /// <summary>
    /// Makes a row what it should be, on the condition that it is still what it was: every attribute that was read has its value, and none of the known ones
    /// has come since. Of a row that changes only the attributes that differ are written, so even one that no condition names is never lost.
    /// </summary>
    /// <param name="before">The row as read; null: there was none.</param>
    /// <param name="after">The row as it should be; null: there should be none.</param>
    /// <returns>False where another write came in between: nothing was written then.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<bool> WriteAsync(RowImage? before, RowImage? after, CancellationToken cancellation)
    {
        try
        {
            if (before is not null && after is not null) await UpdateAsync(before, after, cancellation);
            else if (after is not null) await PutAsync(after, cancellation);
            else if (before is not null) await DeleteAsync(before, cancellation);
            return true;
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
        {
            // Our own write may have taken effect and its answer been lost: then the second try finds what the first has written.
            var now = await ReadAsync((before ?? after)?.Key ?? "", cancellation);
            return now is null ? after is null : after is not null && RowEquivalence.SameItem(now, after);
        }
    }

    private Task<PutItemResponse> PutAsync(RowImage row, CancellationToken cancellation)
    {
        var request = new PutItemRequest { TableName = table, Item = RowImageMapper.Item(row), ConditionExpression = "attribute_not_exists(AccountId)" };
        return caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    private Task<DeleteItemResponse> DeleteAsync(RowImage row, CancellationToken cancellation)
    {
        var expression = new RowExpression();
        var request = new DeleteItemRequest
        {
            TableName = table,
            Key = Key(row.Key),
            ConditionExpression = expression.Unmoved(row, after: null),
            ExpressionAttributeNames = expression.Names,
            ExpressionAttributeValues = expression.Values,
        };
        return caller.CallAsync("dynamodb", "DeleteItem", token => dynamo.DeleteItemAsync(request, token), cancellation);
    }

    private Task<UpdateItemResponse> UpdateAsync(RowImage before, RowImage after, CancellationToken cancellation)
    {
        var expression = new RowExpression();
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key(before.Key),
            UpdateExpression = expression.Difference(before, after),
            ConditionExpression = expression.Unmoved(before, after),
            ExpressionAttributeNames = expression.Names,
            ExpressionAttributeValues = expression.Values,
        };
        return caller.CallAsync("dynamodb", "UpdateItem", token => dynamo.UpdateItemAsync(request, token), cancellation);
    }

    private static Dictionary<string, AttributeValue> Key(string key) => new(StringComparer.Ordinal) { ["AccountId"] = new AttributeValue { S = key } };

    private async Task<IReadOnlyList<RowImage>> ScanAsync(string? projection, CancellationToken cancellation) =>
        [.. (await TableScan.ReadAsync(dynamo, table, projection, caller, cancellation)).Select(RowImageMapper.Row)];
}
