using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Tables;

/// <summary>
/// A consistent read of the items of many keys by one call. Each item is read as it stands at that moment, and two of them perhaps at two moments
/// (DynamoDB API reference, BatchGetItem), as by a call for each.
/// </summary>
internal static class ItemBatch
{
    /// <param name="keys">At most <see cref="Core.Budgets.AwsLimits.BatchGetKeys"/>, and none twice.</param>
    /// <returns>Those that are there, in no order.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed, or left keys aside to the last try.</exception>
    public static async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ReadAsync(
        IAmazonDynamoDB dynamo,
        string table,
        IReadOnlyList<Dictionary<string, AttributeValue>> keys,
        AwsCaller caller,
        CancellationToken cancellation)
    {
        if (keys.Count == 0) return [];
        var items = new List<Dictionary<string, AttributeValue>>();
        var open = new KeysAndAttributes { Keys = [.. keys], ConsistentRead = true };
        return await caller.CallAsync("dynamodb", "BatchGetItem", ReadOnceAsync, cancellation);

        async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ReadOnceAsync(CancellationToken token)
        {
            var request = new BatchGetItemRequest { RequestItems = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal) { [table] = open } };
            var answer = await dynamo.BatchGetItemAsync(request, token);
            items.AddRange(answer.Responses?.GetValueOrDefault(table) ?? []);
            if (answer.UnprocessedKeys?.GetValueOrDefault(table) is not { Keys.Count: > 0 } left) return items;
            // A table that is throttled answers what it can and leaves the rest aside, without an error. The rest is a throttled read like any other: what
            // was read stays, and the caller waits before it asks for what is left.
            open.Keys = left.Keys;
            throw new ProvisionedThroughputExceededException($"DynamoDB left {left.Keys.Count} of {keys.Count} keys of {table} unread.")
            {
                ErrorCode = nameof(ProvisionedThroughputExceededException),
            };
        }
    }
}
