using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Logs;

/// <content>Events, and who is subscribed to them.</content>
public sealed partial class LogsService
{
    private JsonObject PutEvents(AwsCall call)
    {
        var (group, stream) = (Require(call), call.Input.RequiredText("logStreamName"));
        var given = call.Input.Structures("logEvents")
            .Select(one => (At: DateTimeOffset.FromUnixTimeMilliseconds((long)one.Number("timestamp")!.Value), Message: one.RequiredText("message")))
            .ToList();
        if (given.Sum(one => Encoding.UTF8.GetByteCount(one.Message) + AwsLimits.Logs.EventOverhead) > AwsLimits.Logs.BatchBytes)
            throw new AwsException("InvalidParameterException", "Upload too large: the batch of log events has more than 1048576 bytes.");
        if (given.Zip(given.Skip(1)).Any(pair => pair.First.At > pair.Second.At))
            throw new AwsException("InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order.");
        if (given[^1].At - given[0].At > AwsLimits.Logs.BatchSpan)
            throw new AwsException("InvalidParameterException", "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        var now = cloud.Time.GetUtcNow();
        var answer = new JsonObject();
        List<LogEvent> taken;
        SubscriptionFilter[] filters;
        lock (group.Gate)
        {
            if (!group.Streams.Contains(stream)) throw new AwsException("ResourceNotFoundException", "The specified log stream does not exist.");
            var oldest = now - TimeSpan.FromDays(Math.Min(AwsLimits.Logs.OldestEventDays, group.RetentionInDays ?? int.MaxValue));
            var tooOld = given.TakeWhile(one => one.At < oldest).Count();
            var inTime = given.TakeWhile(one => one.At <= now + AwsLimits.Logs.NewestEvent).Count();
            if (tooOld > 0) answer["rejectedLogEventsInfo"] = new JsonObject { ["tooOldLogEventEndIndex"] = tooOld };
            if (inTime < given.Count)
            {
                answer["rejectedLogEventsInfo"] ??= new JsonObject();
                answer["rejectedLogEventsInfo"]!["tooNewLogEventStartIndex"] = inTime;
            }

            taken = [.. given.Take(inTime).Skip(tooOld).Select(one => new LogEvent(NextId(), stream, one.At, one.Message))];
            group.Add(taken);
            filters = [.. group.Filters.Values];
        }

        foreach (var filter in filters)
        {
            var matching = taken.Where(one => filter.Pattern.Takes(one.Message)).ToList();
            if (matching.Count > 0) delivery.Start(group, filter, matching);
        }

        return answer;
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"3{Interlocked.Increment(ref nextEvent):d55}");

    private async Task<JsonObject> PutFilterAsync(AwsCall call, CancellationToken cancellation)
    {
        var (group, name, destination) = (Require(call), call.Input.RequiredText("filterName"), call.Input.RequiredText("destinationArn"));
        if (!Arn.TryParse(destination, out var arn) || arn.Service != "lambda")
            throw new AwsException("InvalidParameterException", $"LocalAws delivers to functions only, not to {destination}.");
        var filter = new SubscriptionFilter(name, new FilterPattern(call.Input.RequiredText("filterPattern")), destination, cloud.Time.GetUtcNow());
        await delivery.TryAsync(group, filter, cancellation);
        lock (group.Gate)
        {
            if (!group.Filters.ContainsKey(name) && group.Filters.Count >= AwsLimits.Logs.FiltersPerGroup)
                throw new AwsException("LimitExceededException", "Resource limit exceeded.");
            group.Filters[name] = filter;
        }

        return [];
    }

    private JsonObject DeleteFilter(AwsCall call)
    {
        var group = Require(call);
        lock (group.Gate)
        {
            return group.Filters.Remove(call.Input.RequiredText("filterName"))
                ? []
                : throw new AwsException("ResourceNotFoundException", "The specified subscription filter does not exist.");
        }
    }

    private JsonObject DescribeFilters(AwsCall call)
    {
        var group = Require(call);
        var prefix = call.Input.Text("filterNamePrefix") ?? "";
        lock (group.Gate)
        {
            return new Paginator($"DescribeSubscriptionFilters {group.SourceArn}", AwsLimits.Logs.Page, "InvalidParameterException")
            {
                SizeMember = "limit",
                TokenMember = "nextToken",
                InvalidTokenMessage = "The specified nextToken is invalid.",
            }.Answer(
                call.Input,
                "subscriptionFilters",
                group.Filters.Values.Where(filter => filter.Name.StartsWith(prefix, StringComparison.Ordinal)),
                filter => filter.Name,
                filter => new JsonObject
                {
                    ["filterName"] = filter.Name,
                    ["logGroupName"] = group.Name,
                    ["filterPattern"] = filter.Pattern.Text,
                    ["destinationArn"] = filter.DestinationArn,
                    ["distribution"] = "ByLogStream",
                    ["creationTime"] = filter.CreatedAt.ToUnixTimeMilliseconds(),
                });
        }
    }
}
