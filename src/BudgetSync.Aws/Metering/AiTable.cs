using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// The table of what models cost. An event's id and what it adds are written in one transaction, many events at a time, so that each counts exactly once
/// however often it is delivered and wherever a try ends.
/// </summary>
public sealed partial class AiTable(IAmazonDynamoDB dynamo, string table, AwsCaller caller)
{
    /// <summary>Adds events to the sums.</summary>
    /// <returns>The events that had not been counted before.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed. What was written counts, and does not count again when all is tried again.</exception>
    internal async Task<IReadOnlyList<MeteredEvent>> AddAsync(IEnumerable<MeteredEvent> events, CancellationToken cancellation)
    {
        var counted = new List<MeteredEvent>();
        foreach (var transaction in Transactions(events.DistinctBy(one => one.Id))) counted.AddRange(await WriteAsync(transaction, cancellation));
        return counted;
    }

    /// <summary>As many events to a transaction as it may have: an action for each, and one for each item that they add to.</summary>
    /// <remarks>Those of one principal and model stand together: they share the items they add to, which are what most of a transaction would be.</remarks>
    private static IEnumerable<List<MeteredEvent>> Transactions(IEnumerable<MeteredEvent> events)
    {
        var (transaction, items) = (new List<MeteredEvent>(), new HashSet<(string, string)>());
        foreach (var one in events.OrderBy(one => one.Additions[0].Partition, StringComparer.Ordinal)
            .ThenBy(one => one.Additions[0].Sort, StringComparer.Ordinal))
        {
            var more = one.Additions.Select(addition => (addition.Partition, addition.Sort)).Count(item => !items.Contains(item));
            if (transaction.Count + 1 + items.Count + more > Limits.TransactionActions)
            {
                yield return transaction;
                (transaction, items) = ([], []);
            }

            transaction.Add(one);
            items.UnionWith(one.Additions.Select(addition => (addition.Partition, addition.Sort)));
        }

        if (transaction.Count > 0) yield return transaction;
    }

    private async Task<List<MeteredEvent>> WriteAsync(List<MeteredEvent> events, CancellationToken cancellation)
    {
        for (var attempt = 1; events.Count > 0; attempt++)
        {
            try
            {
                var request = Request(events);
                await caller.CallAsync("dynamodb", "TransactWriteItems", token => dynamo.TransactWriteItemsAsync(request, token), cancellation);
                return events;
            }
            catch (AwsFaultException cancelled) when (cancelled.InnerException is TransactionCanceledException { CancellationReasons: { } reasons })
            {
                // The ids stand first, in the order of the events: one that is there has been counted.
                var doubles = events.Where((_, index) => index < reasons.Count && reasons[index].Code == "ConditionalCheckFailed").ToHashSet();
                events = [.. events.Where(one => !doubles.Contains(one))];
                if (doubles.Count > 0) continue;
                if (attempt >= Limits.TransactionAttempts || !reasons.All(reason => reason.Code is "None" or "TransactionConflict" or "ThrottlingError"
                    or "ProvisionedThroughputExceeded")) throw;
                await caller.WaitAsync(attempt, cancellation);
            }
        }

        return [];
    }

    private TransactWriteItemsRequest Request(List<MeteredEvent> events)
    {
        var expires = Seconds(caller.Now.UtcDateTime + Limits.MeteredIdAge);
        var additions = events.SelectMany(one => one.Additions)
            .GroupBy(addition => (addition.Partition, addition.Sort))
            .Select(group => group.Aggregate((one, other) => one + other));
        return new TransactWriteItemsRequest
        {
            TransactItems =
            [
                .. events.Select(one => new TransactWriteItem
                {
                    Put = new Put
                    {
                        TableName = table,
                        Item = new() { [AiKeys.Partition] = new(one.Id), [AiKeys.Sort] = new(AiKeys.Only), [AiKeys.Expires] = expires },
                        ConditionExpression = $"attribute_not_exists({AiKeys.Partition})",
                    },
                }),
                .. additions.Select(Update),
            ],
        };
    }

    private TransactWriteItem Update(Addition addition)
    {
        var numbers = addition.Numbers.Where(number => number.Value != 0).OrderBy(number => number.Key, StringComparer.Ordinal).ToImmutableArray();
        var texts = addition.Texts.OrderBy(text => text.Key, StringComparer.Ordinal).ToImmutableArray();
        var names = numbers.Select(number => number.Key).Concat(texts.Select(text => text.Key)).Append(AiKeys.Expires)
            .ToDictionary(name => $"#{name}", name => name, StringComparer.Ordinal);
        var values = numbers.ToDictionary(number => $":{number.Key}", number => Number(number.Value), StringComparer.Ordinal);
        foreach (var (name, text) in texts) values[$":{name}"] = new(text);
        values[$":{AiKeys.Expires}"] = Seconds(addition.Expires);
        var set = string.Join(", ", texts.Select(text => text.Key).Append(AiKeys.Expires).Select(name => $"#{name} = :{name}"));
        var add = string.Join(", ", numbers.Select(number => $"#{number.Key} :{number.Key}"));
        return new TransactWriteItem
        {
            Update = new Update
            {
                TableName = table,
                Key = new() { [AiKeys.Partition] = new(addition.Partition), [AiKeys.Sort] = new(addition.Sort) },
                UpdateExpression = $"SET {set}{(add.Length > 0 ? $" ADD {add}" : "")}",
                ExpressionAttributeNames = names,
                ExpressionAttributeValues = values,
            },
        };
    }

    private static AttributeValue Number(decimal value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Seconds(DateTime at) => Number(new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds());
}
