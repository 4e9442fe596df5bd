using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Aws.Tables;

/// <summary>
/// What Track keeps for itself in the history table, beside the days: requests it has made, how far it has come, and what every account has cost this month.
/// One partition with a name that no account has: a person who asks for all accounts reads it with one query instead of one for each account.
/// </summary>
public sealed class TrackTable(IAmazonDynamoDB dynamo, string table, AwsCaller caller)
{
    private const string Partition = ":track";
    private const string RunKey = "run";

    /// <summary>An item has at most 400 KB (DynamoDB developer guide, "Quotas"), an account takes some 40 bytes of one: 90,000 accounts.</summary>
    private const int Parts = 10;

    /// <summary>Months of accounts and counters of requests are looked at in their own month only.</summary>
    private const int KeptDays = 40;

    /// <summary>Counts one request before it is made, so that a crash after it cannot forget it.</summary>
    /// <param name="about">Which account is asked about, and how often a day one account may be; null where all are.</param>
    /// <returns>False where the day has had <paramref name="most"/> already, or the account its part of them.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<bool> TakeRequestAsync(
        CostCounter counter, DateOnly day, int most, CancellationToken cancellation, (AccountId Account, int Most)? about = null)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key($"{counter.Key}#{DayText.Format(day)}").Done(),
            UpdateExpression = "SET ExpiresAt = :expires ADD Requests :one",
            ConditionExpression = "attribute_not_exists(Requests) OR Requests < :most",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                [":one"] = new() { N = "1" },
                [":most"] = new() { N = most.ToString(CultureInfo.InvariantCulture) },
                [":expires"] = new() { N = Expiry(day).ToString(CultureInfo.InvariantCulture) },
            },
        };
        if (about is var (account, share))
        {
            request.UpdateExpression += ", #own :one";
            request.ConditionExpression = $"({request.ConditionExpression}) AND (attribute_not_exists(#own) OR #own < :share)";
            request.ExpressionAttributeNames = new Dictionary<string, string> { ["#own"] = $"Of {account.Value}" };
            request.ExpressionAttributeValues[":share"] = new() { N = share.ToString(CultureInfo.InvariantCulture) };
        }

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

    /// <summary>How many requests of Cost Explorer were made in the month of a day, whatever for.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<int> CountAsync(DateOnly day, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var counter in new[] { CostCounter.Track, CostCounter.Drivers })
        {
            var request = new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = $"{HistoryAttributes.Account} = :track AND begins_with({HistoryAttributes.Day}, :month)",
                ExpressionAttributeValues = new()
                {
                    [":track"] = new() { S = Partition },
                    [":month"] = new() { S = string.Create(CultureInfo.InvariantCulture, $"{counter.Key}#{day:yyyy-MM}-") },
                },
            };
            foreach (var item in await ItemQuery.ReadAsync(dynamo, request, caller, cancellation))
                count += (int)Math.Clamp(new ItemReader(item).Amount("Requests") ?? 0, 0, int.MaxValue / 100);
        }

        return count;
    }

    /// <summary>How far Track has come; null where it has never come to an end.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<TrackRun?> ReadRunAsync(CancellationToken cancellation)
    {
        var request = new GetItemRequest { TableName = table, ConsistentRead = true, Key = Key(RunKey).Done() };
        var item = new ItemReader((await caller.CallAsync("dynamodb", "GetItem", token => dynamo.GetItemAsync(request, token), cancellation)).Item ?? []);
        return item.Time("CompletedAt") is { } at && item.Day("Day") is { } day && item.Day("FilledFrom") is { } from ? new(at, day, from) : null;
    }

    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public Task WriteRunAsync(TrackRun run, CancellationToken cancellation) =>
        PutAsync(Key(RunKey).Time("CompletedAt", run.CompletedAt).Day("Day", run.Day).Day("FilledFrom", run.FilledFrom), cancellation);

    /// <summary>Writes what every account has cost this month over what was written before.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task WriteMonthAsync(MonthToDate month, CancellationToken cancellation)
    {
        for (var part = 0; part < Parts; part++)
        {
            var costs = new ItemWriter();
            // By its last digit an account is always in the same part, and a part is written whole: nothing of before stays in it.
            foreach (var (account, cost) in month.Costs.Where(cost => cost.Key.Value[^1] - '0' == part)) costs.Amount(account.Value, cost);
            await PutAsync(
                Key($"month#{part}")
                    .Day("Month", month.Month)
                    .Text("Unit", month.Unit)
                    .Map("Costs", costs)
                    .Time("WrittenAt", month.At)
                    .Number(HistoryAttributes.Expires, Expiry(month.Month.AddMonths(1))),
                cancellation);
        }
    }

    /// <summary>What the accounts have cost in the month of <paramref name="day"/>; null where nothing is known of it.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<MonthToDate?> ReadMonthAsync(DateOnly day, CancellationToken cancellation)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var parts = (await ReadPartsAsync(cancellation)).Select(part => (Item: new ItemReader(part), Costs: part.GetValueOrDefault("Costs")?.M ?? []))
            .Where(part => part.Item.Day("Month") == month)
            .ToList();
        if (parts.Count == 0) return null;
        var costs = ImmutableDictionary.CreateBuilder<AccountId, decimal>();
        foreach (var part in parts.Select(part => part.Costs))
        {
            var amounts = new ItemReader(part);
            foreach (var id in part.Keys)
                if (AccountId.TryParse(id, out var account) && amounts.Amount(id) is { } cost) costs[account] = cost;
        }

        return new(month, parts[0].Item.Text("Unit") ?? "", costs.ToImmutable(), parts.Min(part => part.Item.Time("WrittenAt") ?? DateTimeOffset.UnixEpoch));
    }

    private Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ReadPartsAsync(CancellationToken cancellation) =>
        ItemQuery.ReadAsync(
            dynamo,
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = $"{HistoryAttributes.Account} = :track AND begins_with({HistoryAttributes.Day}, :month)",
                ExpressionAttributeValues = new() { [":track"] = new() { S = Partition }, [":month"] = new() { S = "month#" } },
            },
            caller,
            cancellation);

    private Task<PutItemResponse> PutAsync(ItemWriter item, CancellationToken cancellation)
    {
        var request = new PutItemRequest { TableName = table, Item = item.Done() };
        return caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    private static ItemWriter Key(string key) => new ItemWriter().Text(HistoryAttributes.Account, Partition).Text(HistoryAttributes.Day, key);

    private static long Expiry(DateOnly day) => new DateTimeOffset(day.AddDays(KeptDays), TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
}
