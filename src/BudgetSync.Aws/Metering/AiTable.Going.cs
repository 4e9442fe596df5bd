using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;

namespace BudgetSync.Aws.Metering;

/// <content>A stack that goes.</content>
public sealed partial class AiTable
{
    /// <summary>Says that the stack goes, and gives back what it took: nobody is to be suspended meanwhile by a run that is under way.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    internal Task GoAsync(CancellationToken cancellation)
    {
        var item = new ItemWriter().Text(AiKeys.Partition, AiKeys.Going).Text(AiKeys.Sort, AiKeys.Only).Time(AiKeys.LastAt, caller.Now).Done();
        var request = new PutItemRequest { TableName = table, Item = item };
        return caller.CallAsync("dynamodb", "PutItem", token => dynamo.PutItemAsync(request, token), cancellation);
    }

    /// <summary>True where the stack went so lately that a run that began before may still be under way.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    internal async Task<bool> IsGoingAsync(CancellationToken cancellation) =>
        // A time that is still to come is nothing that we wrote: it would keep everybody from being suspended and given back for ever.
        (await QueryAsync(AiKeys.Going, cancellation)).Any(item =>
            caller.Now - new ItemReader(item).Time(AiKeys.LastAt) is { } since && since.Duration() < Limits.LongestRun);
}
