using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Metering;

/// <summary>The dead-letter queues of Meter, one in each Region that is metered: batches that were not counted in all tries, and looks that failed.</summary>
/// <param name="queuesOf">SQS of a Region.</param>
/// <param name="home">The home region's name.</param>
/// <param name="url">Of the home region's queue: in every Region it has the same name.</param>
public sealed class MeterQueues(Func<string, IAmazonSQS> queuesOf, string home, string url, AwsCaller caller, JsonLog log)
{
    /// <summary>Those that nobody receives, and those that somebody has received and not deleted.</summary>
    private static readonly string[] Counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];

    /// <summary>How many messages wait in a Region, as near as SQS says; null where it did not say.</summary>
    public async Task<long?> DepthAsync(string region, CancellationToken cancellation)
    {
        var request = new GetQueueAttributesRequest
        {
            QueueUrl = url.Replace($"//sqs.{home}.", $"//sqs.{region}.", StringComparison.Ordinal),
            AttributeNames = [.. Counts],
        };
        try
        {
            var answer = await caller.CallAsync("sqs", "GetQueueAttributes", token => queuesOf(region).GetQueueAttributesAsync(request, token), cancellation);
            return Counts.Sum(name => answer.Attributes?.GetValueOrDefault(name) is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : 0);
        }
        catch (AwsFaultException unread)
        {
            // What it cannot see of its own failures keeps nobody's budget from being decided.
            log.Error(LogEvent.MeterRefused, null, null, Redaction.Clean($"The dead-letter queue in {region} is not seen: {unread.Message}"));
            return null;
        }
    }
}
