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
            Key = RowWrite.Key(key),
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
            foreach (var item in await ItemBatch.ReadAsync(dynamo, table, [.. batch.Select(RowWrite.Key)], caller, cancellation))
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
            await (RowWrite.Of(table, before, after) switch
            {
                { Put: { } put } => caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(RowWrite.Alone(put), token), cancellation),
                { Delete: { } delete } =>
                    caller.CallAsync("dynamodb", "DeleteItem", token => dynamo.DeleteItemAsync(RowWrite.Alone(delete), token), cancellation),
                { Update: var update } =>
                    (Task)caller.CallAsync("dynamodb", "UpdateItem", token => dynamo.UpdateItemAsync(RowWrite.Alone(update), token), cancellation),
            });
            return true;
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
        {
            // Our own write may have taken effect and its answer been lost: then the second try finds what the first has written.
            var now = await ReadAsync((before ?? after)?.Key ?? "", cancellation);
            return now is null ? after is null : after is not null && RowEquivalence.SameItem(now, after);
        }
    }

    /// <summary>
    /// Writes several rows in one transaction, each on the condition of <see cref="WriteAsync"/>: a large edit takes a call for each group and not for each
    /// row, for twice the capacity units.
    /// </summary>
    /// <param name="rows">Of different keys, at most <see cref="Limits.TransactionActions"/>, and small enough for one transaction.</param>
    /// <returns>
    /// False where it was cancelled: nothing was written then, and each row by itself says why. Another edit of one of them may have come in between, or
    /// another transaction been under way.
    /// </returns>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<bool> WriteTogetherAsync(IEnumerable<(RowImage? Before, RowImage? After)> rows, CancellationToken cancellation)
    {
        var request = new TransactWriteItemsRequest
        {
            // A try whose answer was lost is repeated with its token, and is done once (API reference, TransactWriteItems, ClientRequestToken).
            ClientRequestToken = Guid.NewGuid().ToString(),
            TransactItems = [.. rows.Select(row => RowWrite.Of(table, row.Before, row.After))],
        };
        try
        {
            await caller.CallAsync("dynamodb", "TransactWriteItems", token => dynamo.TransactWriteItemsAsync(request, token), cancellation);
            return true;
        }
        catch (AwsFaultException cancelled) when (cancelled.Fault.Kind == FaultKind.Conflict)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<RowImage>> ScanAsync(string? projection, CancellationToken cancellation) =>
        [.. (await TableScan.ReadAsync(dynamo, table, projection, caller, cancellation)).Select(RowImageMapper.Row)];
}
