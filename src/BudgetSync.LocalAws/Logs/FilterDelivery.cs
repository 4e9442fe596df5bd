using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Logs;

/// <summary>
/// Carries events of log groups to functions: base64 of gzip under <c>awslogs.data</c>, again while Lambda is in trouble for up to 24 hours, and nothing for
/// ten minutes after a refusal (CloudWatch Logs user guide, "Log group-level subscription filters").
/// </summary>
internal sealed class FilterDelivery(LocalCloud cloud)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private int lost;

    /// <summary>Batches that no function took.</summary>
    public int Lost => lost;

    public static string Payload(LogGroup group, SubscriptionFilter filter, IReadOnlyList<LogEvent> events, string messageType = "DATA_MESSAGE")
    {
        var batch = new JsonObject
        {
            ["messageType"] = messageType,
            ["owner"] = messageType == "DATA_MESSAGE" ? group.AccountId : "CloudwatchLogs",
            ["logGroup"] = messageType == "DATA_MESSAGE" ? group.Name : "",
            ["logStream"] = messageType == "DATA_MESSAGE" ? events[0].Stream : "",
            ["subscriptionFilters"] = new JsonArray(messageType == "DATA_MESSAGE" ? [filter.Name] : []),
            ["logEvents"] = new JsonArray([.. events.Select(one => (JsonNode)new JsonObject
            {
                ["id"] = one.Id,
                ["timestamp"] = one.At.ToUnixTimeMilliseconds(),
                ["message"] = one.Message,
            })]),
        };
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(batch.ToJsonString()));
        return new JsonObject { ["awslogs"] = new JsonObject { ["data"] = Convert.ToBase64String(packed.ToArray()) } }.ToJsonString();
    }

    public void Start(LogGroup group, SubscriptionFilter filter, IReadOnlyList<LogEvent> events)
    {
        if (filter.DisabledUntil > cloud.Time.GetUtcNow())
        {
            Interlocked.Increment(ref lost);
            return;
        }

        var payload = Payload(group, filter, events);
        var fault = cloud.Faults.Of(new LogDelivery(
            group.AccountId, group.Region, group.Name, filter.Name, filter.DestinationArn, [.. events.Select(one => one.Message)]));
        var after = fault is DeliveryFault.Delay late ? late.By : TimeSpan.Zero;
        if (fault is DeliveryFault.Loss) return;
        Post(group, filter, payload, 0, after);
        if (fault is DeliveryFault.Duplicate) Post(group, filter, payload, 0, after);
    }

    /// <summary>What CloudWatch Logs sends when a subscription comes, to see whether its destination can be reached.</summary>
    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public async Task TryAsync(LogGroup group, SubscriptionFilter filter, CancellationToken cancellation)
    {
        var control = new LogEvent(
            "", "", cloud.Time.GetUtcNow(), "CWL CONTROL MESSAGE: Checking health of destination Lambda.");
        try
        {
            await cloud.Lambda.InvokeEventAsync(
                Sender(group), filter.DestinationArn, Payload(group, filter, [control], "CONTROL_MESSAGE"), cancellation);
        }
        catch (AwsException)
        {
            throw new AwsException(
                "InvalidParameterException",
                "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.");
        }
    }

    private static Caller Sender(LogGroup group) => Caller.Service("logs.amazonaws.com", group.AccountId, group.SourceArn);

    private void Post(LogGroup group, SubscriptionFilter filter, string payload, int retry, TimeSpan pause)
    {
        var until = cloud.Time.GetUtcNow() + AwsLimits.Logs.DeliveryAge;
        cloud.Work.PostAfter(
            string.Create(CultureInfo.InvariantCulture, $"deliver {group.Name} -> {filter.DestinationArn}"),
            pause,
            () => AttemptAsync(group, filter, payload, retry, until));
    }

    private async Task AttemptAsync(LogGroup group, SubscriptionFilter filter, string payload, int retry, DateTimeOffset until)
    {
        try
        {
            await cloud.Lambda.InvokeEventAsync(Sender(group), filter.DestinationArn, payload, CancellationToken.None);
        }
        catch (AwsException refused) when (refused.Code is "AccessDeniedException" or "ResourceNotFoundException")
        {
            filter.DisabledUntil = cloud.Time.GetUtcNow() + AwsLimits.Logs.DisabledFilter;
            Interlocked.Increment(ref lost);
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, retry)));
            if (cloud.Time.GetUtcNow() + pause > until) Interlocked.Increment(ref lost);
            else cloud.Work.PostAfter($"deliver again to {filter.DestinationArn}", pause, () => AttemptAsync(group, filter, payload, retry + 1, until));
        }
    }
}
