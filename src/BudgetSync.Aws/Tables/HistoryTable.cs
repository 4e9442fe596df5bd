using System.Collections.Immutable;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Aws.Tables;

/// <summary>The table of what was spent: an item for each day of each budget, of which the later write stays.</summary>
public sealed class HistoryTable(IAmazonDynamoDB dynamo, string table, AwsCaller caller)
{
    /// <summary>One budget's items from one day to another, both included, in order.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<HistoryItem>> ReadAsync(string account, string budget, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var items = await QueryAsync(
            $"{HistoryAttributes.Account} = :account AND {HistoryAttributes.Day} BETWEEN :from AND :to",
            new Dictionary<string, AttributeValue>
            {
                [":account"] = new() { S = account },
                [":from"] = new() { S = new HistoryKey(budget, from).ToString() },
                [":to"] = new() { S = new HistoryKey(budget, to).ToString() },
            },
            cancellation);
        // The name of another budget may sort in between.
        return [.. items.Where(item => item.Key.BudgetName == budget)];
    }

    /// <summary>All items of an account: at most 400 days of each of its budgets.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public Task<ImmutableArray<HistoryItem>> ReadAsync(string account, CancellationToken cancellation) => QueryAsync(
        $"{HistoryAttributes.Account} = :account",
        new Dictionary<string, AttributeValue> { [":account"] = new() { S = account } },
        cancellation);

    /// <summary>Writes an item, unless the table has one of the day that is final or was written later: what came late never overwrites.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task WriteAsync(string account, HistoryItem item, CancellationToken cancellation)
    {
        // A final item may only be replaced by a later final one (HistoryItem.Later).
        var request = new PutItemRequest
        {
            TableName = table,
            Item = HistoryAttributes.Format(account, item),
            ConditionExpression = item.Estimated
                ? "attribute_not_exists(AccountId) OR (Estimated = :yes AND WrittenAt <= :at)"
                : "attribute_not_exists(AccountId) OR Estimated = :yes OR WrittenAt <= :at",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                [":yes"] = new() { BOOL = true },
                [":at"] = ItemWriter.TimeOf(item.WrittenAt),
            },
        };
        try
        {
            await caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
        {
            // Something later or final is there.
        }
    }

    private async Task<ImmutableArray<HistoryItem>> QueryAsync(
        string condition,
        Dictionary<string, AttributeValue> values,
        CancellationToken cancellation)
    {
        var items = ImmutableArray.CreateBuilder<HistoryItem>();
        Dictionary<string, AttributeValue>? next = null;
        for (var page = 0; page < Limits.HistoryPages; page++)
        {
            var request = new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = condition,
                ExpressionAttributeValues = values,
                ExclusiveStartKey = next,
            };
            var answer = await caller.CallAsync("dynamodb", "Query", token => dynamo.QueryAsync(request, token), cancellation);
            items.AddRange((answer.Items ?? []).Select(HistoryAttributes.Parse).OfType<HistoryItem>());
            next = answer.LastEvaluatedKey is { Count: > 0 } key ? key : null;
            if (next is null) break;
        }

        return items.ToImmutable();
    }
}
