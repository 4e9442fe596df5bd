using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.DynamoDb.Streams;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>ListStreams, DescribeStream, GetShardIterator, GetRecords.</summary>
internal sealed partial class StreamOperations(DynamoDbState state)
{
    public JsonObject List(AwsCall call)
    {
        var request = call.Input;
        var limit = Math.Min(request.Whole("Limit") ?? AwsLimits.DynamoDb.ListedStreams, AwsLimits.DynamoDb.ListedStreams);
        var table = request.Text("TableName");
        var prefix = DynamoDbState.Arn(call, "");
        var after = StreamArn(request.Text("ExclusiveStartStreamArn"));
        var streams = state.Streams
            .Where(
                stream => stream.Arn.StartsWith(prefix, StringComparison.Ordinal)
                    && (table is null || stream.TableName == table || stream.Arn.StartsWith(table + "/", StringComparison.Ordinal)))
            .Where(stream => string.CompareOrdinal(stream.Arn, after) > 0)
            .OrderBy(stream => stream.Arn, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var answer = new JsonObject
        {
            ["Streams"] = new JsonArray([.. streams.Take(limit).Select(stream => (JsonNode)new JsonObject
            {
                ["StreamArn"] = stream.Arn, ["TableName"] = stream.TableName, ["StreamLabel"] = stream.Label,
            })]),
        };
        if (streams.Count > limit) answer["LastEvaluatedStreamArn"] = streams[limit - 1].Arn;
        return answer;
    }

    public JsonObject Describe(AwsCall call)
    {
        var request = call.Input;
        var stream = Find(call, request);
        var after = request.Text("ExclusiveStartShardId");
        var limit = Math.Min(request.Whole("Limit") ?? AwsLimits.DynamoDb.ListedStreams, AwsLimits.DynamoDb.ListedStreams);
        var shards = stream.ShardIds.Where(id => string.CompareOrdinal(id, after) > 0).Take(limit).ToList();
        var description = new JsonObject
        {
            ["StreamArn"] = stream.Arn,
            ["StreamLabel"] = stream.Label,
            ["StreamStatus"] = stream.DisabledAt is null ? "ENABLED" : "DISABLED",
            ["StreamViewType"] = stream.ViewType,
            ["CreationRequestDateTime"] = stream.CreatedAt.ToUnixTimeMilliseconds() / 1000m,
            ["TableName"] = stream.TableName,
            ["KeySchema"] = new JsonArray([.. stream.Keys.Select(key => (JsonNode)new JsonObject { ["AttributeName"] = key.Name, ["KeyType"] = key.Role })]),
            ["Shards"] = new JsonArray([.. shards.Select(id => (JsonNode)Shard(stream, id))]),
        };
        if (shards.Count > 0 && shards[^1] != stream.ShardIds[^1]) description["LastEvaluatedShardId"] = shards[^1];
        return new JsonObject { ["StreamDescription"] = description };
    }

    public JsonObject GetRecords(AwsCall call)
    {
        var request = call.Input;
        var (arn, shardId, after, madeAt) = ReadIterator(request.RequiredText("ShardIterator"));
        var limit = request.Whole("Limit") ?? AwsLimits.DynamoDb.StreamRecords;
        if (madeAt + AwsLimits.DynamoDb.IteratorLifetime <= state.Now)
            throw new AwsException("ExpiredIteratorException", "The shard iterator is expired: it is valid for 15 minutes. Get another with GetShardIterator.");
        var stream = Own(call, arn);
        var shard = stream.Shard(shardId);
        if (after is not null && shard.IsTrimmed(Next(after), state.Now))
            throw new AwsException("TrimmedDataAccessException", "The operation attempted to read past the oldest stream record in a shard.");
        var changes = shard.Read(after, limit, state.Now);
        var answer = new JsonObject { ["Records"] = new JsonArray([.. changes.Select(change => (JsonNode)LambdaEvent.ApiRecord(stream, change))]) };
        // A closed shard that is read to its end has no next iterator.
        if (stream.DisabledAt is null || changes.Count > 0)
            answer["NextShardIterator"] = Iterator(arn, shardId, changes.Count > 0 ? changes[^1].SequenceNumber : after);
        return answer;
    }

    /// <summary>The stream that an iterator reads.</summary>
    public static string StreamOf(string iterator) => ReadIterator(iterator).Arn;

    private static JsonObject Shard(StreamLog stream, string id)
    {
        var range = new JsonObject { ["StartingSequenceNumber"] = StreamLog.SequenceNumber(1) };
        if (stream.DisabledAt is not null) range["EndingSequenceNumber"] = stream.Shard(id).Latest() ?? StreamLog.SequenceNumber(1);
        return new JsonObject { ["ShardId"] = id, ["SequenceNumberRange"] = range };
    }

    private StreamLog Find(AwsCall call, JsonObject request) => Own(call, StreamArn(request.RequiredText("StreamArn"))!); // Required, so not null.

    /// <summary>As at AWS, where Alternator's test_list_streams tried it: what is no ARN of a stream is refused, not looked for.</summary>
    private static string? StreamArn(string? arn) => arn is null || ArnForm().IsMatch(arn) ? arn : throw Errors.Validation($"Invalid StreamArn: {arn}");

    private StreamLog Own(AwsCall call, string arn) =>
        arn.StartsWith(DynamoDbState.Arn(call, ""), StringComparison.Ordinal) && state.FindStream(arn) is { } stream ? stream : throw Errors.NoStream(arn);

    private static (string Arn, string ShardId, string? After, DateTimeOffset MadeAt) ReadIterator(string text)
    {
        var bytes = new byte[text.Length];
        var parts = Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes.AsSpan(0, length)).Split('|') : [];
        return parts.Length == 4 && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? (parts[0], parts[1], parts[2].Length == 0 ? null : parts[2], new DateTimeOffset(ticks, TimeSpan.Zero))
            : throw Errors.Validation("Invalid ShardIterator: it was not given out by GetShardIterator or GetRecords.");
    }

    [GeneratedRegex(@"\Aarn:aws:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[A-Za-z0-9_.-]{3,255}/stream/[^/]+\z")]
    private static partial Regex ArnForm();
}
