using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Aws.Tables;

/// <summary>
/// The table of what was told: the open alerts of each account (partition <c>alerts</c>), each message that went out (partition of its account), and what each
/// channel got in each hour (partition of the channel).
/// </summary>
public sealed partial class LedgerTable(IAmazonDynamoDB dynamo, string table, AwsCaller caller)
{
    /// <summary>The open alerts of an account as they stand.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<AccountAlerts> ReadAsync(string account, CancellationToken cancellation)
    {
        var request = new GetItemRequest { TableName = table, ConsistentRead = true, Key = Key(LedgerItem.PartitionOf(account), LedgerItem.EntryOf(account)) };
        var answer = await caller.CallAsync("dynamodb", "GetItem", token => dynamo.GetItemAsync(request, token), cancellation);
        return answer.Item is { Count: > 0 } item ? LedgerItem.Parse(item) : new AccountAlerts(account);
    }

    /// <summary>All accounts with open alerts.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<AccountAlerts>> ReadAllAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(LedgerItem.OpenAlerts, cancellation)).Select(LedgerItem.Parse)];

    /// <summary>Takes a step, as <see cref="StatusTable.StepAsync"/> does: decided anew where another writer came in between.</summary>
    /// <param name="step">Pure; what it gives back unchanged is not written.</param>
    /// <exception cref="AwsFaultException">DynamoDB failed, or the item moved each time.</exception>
    public async Task<AccountAlerts> StepAsync(string account, Func<AccountAlerts, AccountAlerts> step, CancellationToken cancellation)
    {
        AwsFaultException? moved = null;
        for (var round = 0; round < Limits.StatusWriteRounds; round++)
        {
            var before = await ReadAsync(account, cancellation);
            var after = step(before);
            if (after == before) return before;
            try
            {
                await WriteAsync(before, after, cancellation);
                return after with { Version = before.Version + 1 };
            }
            catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
            {
                moved = refused;
            }
        }

        throw moved!; // Not null: the loop ends here only by way of the catch.
    }

    /// <summary>Remembers one message that went out, for people to read; forgotten after 400 days.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public Task AppendAsync(ToldAlert told, CancellationToken cancellation)
    {
        var request = new PutItemRequest { TableName = table, Item = LedgerItem.Told(told) };
        return caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    /// <summary>The messages that went out about an account, oldest first.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<ToldAlert>> ToldAsync(string account, CancellationToken cancellation) =>
        [.. (await QueryAsync(account, cancellation)).Select(LedgerItem.ParseTold).OfType<ToldAlert>()];

    /// <summary>The messages that went out about an account from a moment on, oldest first.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<ToldAlert>> ToldSinceAsync(string account, DateTimeOffset since, CancellationToken cancellation) =>
        [.. (await QueryAsync(account, ">=", LedgerItem.ToldSince(since), cancellation)).Select(LedgerItem.ParseTold).OfType<ToldAlert>()];

    private Task<PutItemResponse> WriteAsync(AccountAlerts before, AccountAlerts after, CancellationToken cancellation)
    {
        var condition = before.Version == 0 ? "attribute_not_exists(AccountId)" : "Edition = :version";
        var values = before.Version == 0 ? null : new Dictionary<string, AttributeValue> { [":version"] = Number(before.Version) };
        // An item that says nothing stays: whoever read it must see that it has moved since.
        var request = new PutItemRequest
        {
            TableName = table,
            Item = LedgerItem.Format(after with { Version = before.Version + 1 }),
            ConditionExpression = condition,
            ExpressionAttributeValues = values,
        };
        return caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    private Task<IReadOnlyList<Dictionary<string, AttributeValue>>> QueryAsync(string partition, CancellationToken cancellation) =>
        QueryAsync(partition, "", "", cancellation);

    /// <param name="order">How entries compare with the given one, as DynamoDB writes it; "": all.</param>
    private Task<IReadOnlyList<Dictionary<string, AttributeValue>>> QueryAsync(string partition, string order, string entry, CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = order.Length == 0 ? "AccountId = :partition" : $"AccountId = :partition AND Entry {order} :entry",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":partition"] = new() { S = partition } },
        };
        if (order.Length > 0) request.ExpressionAttributeValues[":entry"] = new AttributeValue { S = entry };
        return ItemQuery.ReadAsync(dynamo, request, caller, cancellation);
    }

    private static Dictionary<string, AttributeValue> Key(string partition, string entry) =>
        new(StringComparer.Ordinal) { ["AccountId"] = new() { S = partition }, ["Entry"] = new() { S = entry } };

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
