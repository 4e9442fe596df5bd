using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Tables;

/// <content>
/// The partition of a channel: how many messages it got in each hour, one item for each that it had no room for, and the sums and digests that it was told.
/// </content>
public sealed partial class LedgerTable
{
    /// <summary>Takes one of the messages that a channel may get in an hour, of which one account may have a part only.</summary>
    /// <param name="account">Whose message it is, the key of its item.</param>
    /// <param name="severity">Of the message.</param>
    /// <returns>False where the channel, or the account of this channel, has had them all.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<bool> TakeAsync(Channel channel, string account, AlertSeverity severity, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key(LedgerItem.ChannelKey(channel.Name), HourText.Format(now)),
            UpdateExpression = "ADD Sent :one, #own :one SET ExpiresAt = :end",
            ConditionExpression = "(attribute_not_exists(Sent) OR Sent < :most) AND (attribute_not_exists(#own) OR #own < :share)",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#own"] = $"Of {account}" },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                [":one"] = Number(1),
                [":most"] = Number(channel.PerHour),
                [":share"] = Number(channel.PerHourAt(severity)),
                [":end"] = Number(Expiry(now)),
            },
        };
        try
        {
            await caller.CallAsync("dynamodb", "UpdateItem", token => dynamo.UpdateItemAsync(request, token), cancellation);
            return true;
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Conflict)
        {
            return false;
        }
    }

    /// <summary>
    /// Counts a message that the channel had no room for: by an item of its own, so that it is one however often it is written. A number that is added to would
    /// be too large after each answer that was lost.
    /// </summary>
    /// <param name="hour">A moment of the hour that had no room.</param>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public Task CountAsync(Channel channel, Alert alert, DateTimeOffset hour, CancellationToken cancellation)
    {
        var item = new ItemWriter()
            .Text("AccountId", LedgerItem.ChannelKey(channel.Name))
            .Text("Entry", CountedEntry(alert, hour))
            .Text("Alert", LedgerItem.Named(alert))
            .Number("ExpiresAt", Expiry(hour));
        var request = new PutItemRequest { TableName = table, Item = item.Done() };
        return caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    /// <summary>Whether a message was counted in an hour of a channel.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<bool> IsCountedAsync(Channel channel, Alert alert, DateTimeOffset hour, CancellationToken cancellation)
    {
        var key = Key(LedgerItem.ChannelKey(channel.Name), CountedEntry(alert, hour));
        var request = new GetItemRequest { TableName = table, ConsistentRead = true, Key = key };
        return (await caller.CallAsync("dynamodb", "GetItem", token => dynamo.GetItemAsync(request, token), cancellation)).Item is { Count: > 0 };
    }

    /// <summary>The hours before this one in which a channel got messages, with how many it had no room for.</summary>
    /// <param name="from">The first hour; "": all that are kept.</param>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<ChannelHour>> HoursAsync(Channel channel, string from, DateTimeOffset now, CancellationToken cancellation)
    {
        var partition = LedgerItem.ChannelKey(channel.Name);
        var hours = new List<ChannelHour>();
        foreach (var item in await QueryAsync(partition, "<", HourText.Format(now), cancellation))
        {
            if (new ItemReader(item).Text("Entry") is not { } hour || string.CompareOrdinal(hour, from) < 0) continue;
            var counted = new QueryRequest
            {
                TableName = table,
                ConsistentRead = true,
                KeyConditionExpression = "AccountId = :partition AND begins_with(Entry, :hour)",
                ProjectionExpression = "Entry",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                {
                    [":partition"] = new() { S = partition },
                    [":hour"] = new() { S = LedgerItem.CountedIn(hour) },
                },
            };
            hours.Add(new ChannelHour(hour, (await ItemQuery.ReadAsync(dynamo, counted, caller, cancellation)).Count));
        }

        return [.. hours];
    }

    private static string CountedEntry(Alert alert, DateTimeOffset hour) =>
        LedgerItem.CountedIn(HourText.Format(hour)) + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(alert.Id)));

    private static long Expiry(DateTimeOffset now) => now.Add(Limits.ChannelHoursKept).ToUnixTimeSeconds();
}
