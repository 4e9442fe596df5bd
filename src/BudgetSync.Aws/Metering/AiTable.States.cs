using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <content>Sums, and where budgets stand by them.</content>
public sealed partial class AiTable
{
    private const int HoursOfDay = 24;

    /// <summary>The sums of some days. What is malformed in them is in none.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<IReadOnlyList<AiDaySum>> SumsAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var days = Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).ToList();
        var read = await Task.WhenAll(days.Select(async day => (Day: day, Items: await QueryAsync($"D#{DayText.Format(day)}", cancellation))));
        return [.. read.SelectMany(one => one.Items.Select(item => Sum(one.Day, new ItemReader(item)))).OfType<AiDaySum>()];
    }

    /// <summary>What principals called in the last minutes, the one that runs among them.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<IReadOnlyList<AiMinuteSum>> MinutesAsync(int back, CancellationToken cancellation)
    {
        var now = caller.Now;
        var starts = Enumerable.Range(0, back).Select(minute => now.AddMinutes(-minute)).ToList();
        var read = await Task.WhenAll(starts.Select(async start => (Start: start, Items: await QueryAsync(AiKeys.Minute(start), cancellation))));
        return [.. read.SelectMany(one => one.Items.Select(item => Minute(one.Start, new ItemReader(item)))).OfType<AiMinuteSum>()];
    }

    /// <summary>Where budgets stand, and what of it was told last, as <see cref="ToldAsync"/> wrote it; "" where nothing was.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    internal async Task<(IReadOnlyList<KeptRecord> Records, string Told)> RecordsAsync(CancellationToken cancellation)
    {
        var items = (await QueryAsync(AiKeys.States, cancellation)).Select(item => new ItemReader(item)).ToList();
        var told = items.Select(item => item.Text(AiKeys.Told)).OfType<string>().FirstOrDefault("");
        return ([.. items.Select(AiRecordItem.Read).OfType<KeptRecord>()], told);
    }

    /// <summary>Keeps what was told, so that what was not is told again.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    internal Task ToldAsync(string what, CancellationToken cancellation)
    {
        var item = new ItemWriter().Text(AiKeys.Partition, AiKeys.States).Text(AiKeys.Sort, AiKeys.ToldItem).Text(AiKeys.Told, what).Done();
        var request = new PutItemRequest { TableName = table, Item = item };
        return caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    /// <summary>Writes a record over the edition that it was decided from.</summary>
    /// <param name="before">That edition; 0 where there was none.</param>
    /// <returns>False where another decision came in between, and this one is nothing any more.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    internal async Task<bool> WriteAsync(AiRecord record, long before, CancellationToken cancellation)
    {
        var request = new PutItemRequest
        {
            TableName = table,
            Item = AiRecordItem.Write(record, before + 1),
            ConditionExpression = before == 0 ? $"attribute_not_exists({AiKeys.Partition})" : $"{AiRecordItem.Edition} = :before",
            ExpressionAttributeValues = before == 0 ? null : new() { [":before"] = Number(before) },
        };
        try
        {
            await caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
            return true;
        }
        catch (AwsFaultException other) when (other.Fault.Code == "ConditionalCheckFailed")
        {
            return false;
        }
    }

    private Task<IReadOnlyList<Dictionary<string, AttributeValue>>> QueryAsync(string part, CancellationToken cancellation) =>
        ItemQuery.ReadAsync(
            dynamo,
            new QueryRequest
            {
                TableName = table,
                ConsistentRead = true,
                KeyConditionExpression = $"{AiKeys.Partition} = :part",
                ExpressionAttributeValues = new() { [":part"] = new(part) },
            },
            caller,
            cancellation);

    private static AiDaySum? Sum(DateOnly day, ItemReader item) =>
        item.Text("Principal") is { } name && AiPrincipal.Parse(name) is { } principal && item.Text("Model") is { } model
            ? new AiDaySum(
                principal,
                new BedrockModel(model, item.Word("ModelKind", ModelKind.Unknown)),
                item.Text("Region") ?? "",
                day,
                [.. Enumerable.Range(0, HoursOfDay).Select(hour => item.Amount(AiKeys.Hour(hour)) ?? 0)])
            {
                Calls = item.Number("Calls"),
                UnpricedCalls = item.Number("Unpriced"),
                UncountedCalls = item.Number("Uncounted"),
                LastAt = item.Time(AiKeys.LastAt),
                Tokens = new TokenCount(item.Number("Input"), item.Number("CacheRead"), item.Number("CacheWrite"), item.Number("Output")),
            }
            : null;

    private static AiMinuteSum? Minute(DateTimeOffset at, ItemReader item)
    {
        if (item.Text("Principal") is not { } name || AiPrincipal.Parse(name) is not { } principal) return null;
        var start = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return new AiMinuteSum(principal, new AiMinute(start, item.Number("Calls"), item.Number("Tokens")));
    }
}
