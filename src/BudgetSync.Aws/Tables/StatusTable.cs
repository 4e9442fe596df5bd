using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tables;

/// <summary>
/// The table that only BudgetSync writes. Every write is conditional on the row not having moved since it was read, and is decided anew where it has:
/// Propagate, Collect and Reconcile never undo each other, and an older truth never wins.
/// </summary>
public sealed class StatusTable(IAmazonDynamoDB dynamo, string table, AwsCaller caller)
{
    /// <summary>The row as it stands; null where there is none.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<StatusRow?> ReadAsync(string key, CancellationToken cancellation)
    {
        var request = new GetItemRequest { TableName = table, ConsistentRead = true, Key = Key(key) };
        var answer = await caller.CallAsync("dynamodb", "GetItem", token => dynamo.GetItemAsync(request, token), cancellation);
        return answer.Item is { Count: > 0 } item ? StatusItem.Parse(item) : null;
    }

    /// <summary>Those of the keys that have a row, by key.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<IReadOnlyDictionary<string, StatusRow>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var rows = new Dictionary<string, StatusRow>(StringComparer.Ordinal);
        foreach (var batch in keys.Chunk(AwsLimits.BatchGetKeys))
        {
            foreach (var item in await ItemBatch.ReadAsync(dynamo, table, [.. batch.Select(Key)], caller, cancellation))
            {
                var row = StatusItem.Parse(item);
                rows[row.Key] = row;
            }
        }

        return rows;
    }

    /// <summary>Every row there is.</summary>
    public async Task<IReadOnlyList<StatusRow>> ScanAsync(CancellationToken cancellation) =>
        [.. (await TableScan.ReadAsync(dynamo, table, projection: null, caller, cancellation)).Select(StatusItem.Parse)];

    /// <summary>Every row there is with what decides where an account stands, and without its budgets and times: a fraction of the bytes.</summary>
    public async Task<IReadOnlyList<StatusRow>> ScanStatesAsync(CancellationToken cancellation)
    {
        var names = StatusItem.StateAttributes.Select((name, index) => (Name: name, Placeholder: $"#n{index}"))
            .ToDictionary(pair => pair.Placeholder, pair => pair.Name, StringComparer.Ordinal);
        return [.. (await TableScan.ReadAsync(dynamo, table, string.Join(", ", names.Keys), caller, cancellation, names)).Select(StatusItem.Parse)];
    }

    /// <summary>
    /// Takes a step: reads the row, lets <paramref name="step"/> decide, writes what it gives. A step that gives back the row it got writes nothing.
    /// </summary>
    /// <param name="step">Pure; called again with a fresh row when another writer came in between.</param>
    /// <param name="read">What the caller has just read, which saves a read; null where it has read nothing.</param>
    /// <returns>The row before and after the step that held.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<(StatusRow? Before, StatusRow After)> StepAsync(
        string key,
        Func<StatusRow?, StatusRow> step,
        CancellationToken cancellation,
        StatusRead? read = null)
    {
        AwsFaultException? moved = null;
        for (var round = 0; round < Limits.StatusWriteRounds; round++)
        {
            var before = round == 0 && read is { } known ? known.Row : await ReadAsync(key, cancellation);
            var after = step(before);
            if (ReferenceEquals(before, after)) return (before, after);
            try
            {
                await WriteAsync(after, before, cancellation);
                return (before, after);
            }
            catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
            {
                // Another writer came in between, or our own write took effect and its answer was lost: both are seen on the next read.
                moved = refused;
            }
        }

        throw new AwsFaultException(
            new AwsFault(
                FaultKind.Retry,
                "ConditionalCheckFailed",
                "dynamodb",
                "PutItem",
                $"the status row of {key} moved {Limits.StatusWriteRounds} times while it was being written",
                Known: true),
            moved!); // Not null: the loop ends here only by way of the catch.
    }

    /// <summary>Forgets a row: nothing is left to say of its key.</summary>
    public async Task DeleteAsync(StatusRow row, CancellationToken cancellation)
    {
        var request = new DeleteItemRequest
        {
            TableName = table,
            Key = Key(row.Key),
            ConditionExpression = $"attribute_not_exists(AccountId) OR {Unmoved(row)}",
            ExpressionAttributeValues = Editions(row),
        };
        try
        {
            await caller.CallAsync("dynamodb", "DeleteItem", token => dynamo.DeleteItemAsync(request, token), cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
        {
            // Another writer has something new to say of it: it stays.
        }
    }

    private async Task WriteAsync(StatusRow after, StatusRow? before, CancellationToken cancellation)
    {
        var request = new PutItemRequest
        {
            TableName = table,
            Item = StatusItem.Format(after),
            ConditionExpression = before is null ? "attribute_not_exists(AccountId)" : Unmoved(before),
            ExpressionAttributeValues = before is null ? null : Editions(before),
        };
        await caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    private static Dictionary<string, AttributeValue> Key(string key) => new(StringComparer.Ordinal) { ["AccountId"] = new AttributeValue { S = key } };

    /// <summary>
    /// That the item is still the one that was read. A row that a person edited may have lost its version, or have it as another type: it was read as 0, and
    /// a condition on the number alone would be false for ever.
    /// </summary>
    private static string Unmoved(StatusRow read) =>
        read.ItemVersion == 0 ? "attribute_not_exists(Edition) OR NOT attribute_type(Edition, :number) OR Edition = :version" : "Edition = :version";

    private static Dictionary<string, AttributeValue> Editions(StatusRow read)
    {
        var values = new Dictionary<string, AttributeValue> { [":version"] = new() { N = read.ItemVersion.ToString(CultureInfo.InvariantCulture) } };
        if (read.ItemVersion == 0) values[":number"] = new AttributeValue { S = "N" };
        return values;
    }
}
