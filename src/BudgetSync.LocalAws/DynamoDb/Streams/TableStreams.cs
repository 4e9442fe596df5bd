using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Streams;

/// <summary>
/// Tables' streams as the poller of an event source mapping reads them: no iterators that expire, no paging, and told when there is something to read.
/// What it may read is IAM's business and checked by the caller.
/// </summary>
public sealed class TableStreams
{
    private readonly TimeProvider time;
    private readonly Func<string, StreamLog?> find;

    internal TableStreams(TimeProvider time, Func<string, StreamLog?> find)
    {
        this.time = time;
        this.find = find;
    }

    /// <summary>True while the stream can be read: enabled, or disabled less than 24 hours ago.</summary>
    public bool Exists(string streamArn) => find(streamArn) is not null;

    /// <summary>The stream's shards. Their number never changes; each item's records are all in one of them, in order.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IReadOnlyList<string> Shards(string streamArn) => Find(streamArn).ShardIds;

    /// <summary>
    /// The last sequence number written to a shard, or null before the first: where a reader starts that wants only what comes later (LATEST).
    /// </summary>
    /// <exception cref="AwsException">ResourceNotFoundException for an unknown stream or shard.</exception>
    public string? Latest(string streamArn, string shardId) => Find(streamArn).Shard(shardId).Latest();

    /// <summary>Records after a position, oldest first; from the oldest kept (TRIM_HORIZON) where the position is null or was trimmed after 24 hours.</summary>
    /// <param name="afterSequenceNumber">The last record already handled, for example <c>100000000000000000000042</c>.</param>
    /// <exception cref="AwsException">ResourceNotFoundException for an unknown stream or shard.</exception>
    public IReadOnlyList<TableStreamRecord> Read(string streamArn, string shardId, string? afterSequenceNumber, int maximum)
    {
        var stream = Find(streamArn);
        return [.. stream.Shard(shardId)
            .Read(afterSequenceNumber, maximum, time.GetUtcNow())
            .Select(change => new TableStreamRecord(LambdaEvent.Record(stream, change), change.SequenceNumber, change.At, change.KeyText))];
    }

    /// <summary>Calls back after each write that appended a record, outside every lock, on the writer's thread: post work, do none.</summary>
    /// <returns>Ends the subscription when disposed.</returns>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IDisposable Subscribe(string streamArn, Action onAppended) => Find(streamArn).Subscribe(onAppended);

    private StreamLog Find(string streamArn) => find(streamArn)
        ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Stream: {streamArn} not found");
}

/// <summary>One change of one item, ready to be delivered.</summary>
/// <param name="Record">
/// An element of the Lambda event's <c>Records</c> (Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB", example event); the reader's own copy.
/// </param>
/// <param name="SequenceNumber">24 digits; later records have greater ones, compared as text or as whole numbers.</param>
/// <param name="ArrivedAt">When it was written, for batching windows and record age.</param>
/// <param name="Key">The item's primary key as text: records with equal text are of the same item.</param>
public sealed record TableStreamRecord(JsonObject Record, string SequenceNumber, DateTimeOffset ArrivedAt, string Key);
