using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// What an account used through <c>bedrock-mantle</c>, whose calls are in no invocation log: CloudWatch tells how much, and not by whom (Bedrock user guide,
/// "Monitor bedrock-mantle inference using CloudWatch metrics").
/// </summary>
/// <param name="metricsOf">CloudWatch of a Region.</param>
public sealed class MantleUse(Func<string, IAmazonCloudWatch> metricsOf, AwsCaller caller, JsonLog log)
{
    private const string Namespace = "AWS/BedrockMantle";

    /// <summary>Published without dimensions too, which is the whole account's level.</summary>
    private static readonly string[] Tokens = ["TotalInputTokens", "TotalOutputTokens"];

    /// <summary>Tokens of this UTC day in a Region; null where CloudWatch did not say.</summary>
    public async Task<long?> TodayAsync(string region, CancellationToken cancellation)
    {
        var day = caller.Now.UtcDateTime.Date;
        try
        {
            var sum = 0d;
            foreach (var metric in Tokens)
            {
                var request = new GetMetricStatisticsRequest
                {
                    Namespace = Namespace,
                    MetricName = metric,
                    StartTime = day,
                    EndTime = day.AddDays(1),
                    Period = (int)TimeSpan.FromDays(1).TotalSeconds,
                    Statistics = [Statistic.Sum],
                };
                var answer = await caller.CallAsync(
                    "monitoring", "GetMetricStatistics", token => metricsOf(region).GetMetricStatisticsAsync(request, token), cancellation);
                sum += (answer.Datapoints ?? []).Sum(point => point.Sum ?? 0);
            }

            return (long)Math.Min(Math.Max(0, Math.Ceiling(sum)), long.MaxValue / 2);
        }
        catch (AwsFaultException unread)
        {
            log.Error(LogEvent.MeterRefused, null, null, Redaction.Clean($"Whether bedrock-mantle is used in {region} is not seen: {unread.Message}"));
            return null;
        }
    }
}
