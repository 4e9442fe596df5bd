using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Streams;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <content>Where in a shard a reader stands.</content>
internal sealed partial class StreamOperations
{
    public JsonObject GetIterator(AwsCall call)
    {
        var request = call.Input;
        var stream = Find(call, request);
        var shard = stream.Shard(request.RequiredText("ShardId"));
        var type = request.RequiredText("ShardIteratorType");
        var sequence = type.EndsWith("SEQUENCE_NUMBER", StringComparison.Ordinal) ? Sequence(request, type) : null;
        if (sequence is null && request.Has("SequenceNumber")) throw Errors.Validation($"SequenceNumber cannot be given with the ShardIteratorType {type}");
        if (sequence is not null && shard.IsTrimmed(sequence, state.Now))
            throw new AwsException("TrimmedDataAccessException", "The operation attempted to read past the oldest stream record in a shard.");
        var after = type switch
        {
            "TRIM_HORIZON" => null,
            "LATEST" => shard.Latest(),
            "AT_SEQUENCE_NUMBER" => Before(sequence),
            _ => sequence,
        };
        return new JsonObject { ["ShardIterator"] = Iterator(stream.Arn, shard.Id, after) };
    }

    private static string Sequence(JsonObject request, string type)
    {
        var text = request.Text("SequenceNumber") ?? throw Errors.Validation($"SequenceNumber must be given with the ShardIteratorType {type}");
        return text.Length == StreamLog.SequenceNumber(1).Length && text.All(char.IsAsciiDigit)
            ? text
            : throw Errors.Validation($"Invalid SequenceNumber: \"{text}\" was never given out by a stream.");
    }

    private static string? Before(string? sequence) => sequence is null ? null : StreamLog.SequenceNumber(StreamLog.Ordinal(sequence) - 1);

    private static string Next(string sequence) => StreamLog.SequenceNumber(StreamLog.Ordinal(sequence) + 1);

    /// <summary>Everything an iterator means is in its text, so that the cloud need not remember any.</summary>
    private string Iterator(string arn, string shardId, string? after) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{arn}|{shardId}|{after}|{state.Now.UtcTicks}")));
}
