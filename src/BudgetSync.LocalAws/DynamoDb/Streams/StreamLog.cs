using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Streams;

/// <summary>A table's stream: its shards, and who wants to know when something was written.</summary>
internal sealed class StreamLog
{
    /// <summary>Several, so that readers meet records of different items out of order, as they do in AWS; few, so that polling stays cheap.</summary>
    public const int ShardCount = 4;

    private readonly ImmutableArray<StreamShard> shards;
    private ImmutableArray<Action> subscribers = [];
    private long lastSequence;

    public StreamLog(string arn, string tableName, string region, string label, string viewType, ImmutableArray<KeyElement> keys, DateTimeOffset createdAt)
    {
        (Arn, TableName, Region, Label, ViewType, Keys, CreatedAt) = (arn, tableName, region, label, viewType, keys, createdAt);
        shards = [.. Enumerable.Range(0, ShardCount).Select(index => new StreamShard(
            string.Create(CultureInfo.InvariantCulture, $"shardId-{createdAt.ToUnixTimeMilliseconds():d20}-{index:x8}")))];
    }

    public string Arn { get; }

    public string TableName { get; }

    public string Region { get; }

    /// <summary>The stream's creation time, unique per table, for example <c>2026-01-15T09:00:00.000</c>.</summary>
    public string Label { get; }

    /// <summary>KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES.</summary>
    public string ViewType { get; }

    public ImmutableArray<KeyElement> Keys { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>When writing ended (the stream was disabled or its table deleted); null while it is enabled.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public IReadOnlyList<string> ShardIds => [.. shards.Select(shard => shard.Id)];

    /// <summary>24 digits; the first change of a stream has the ordinal 1.</summary>
    public static string SequenceNumber(long ordinal) => string.Create(CultureInfo.InvariantCulture, $"1{ordinal:d23}");

    public static long Ordinal(string sequenceNumber) => long.Parse(sequenceNumber.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public StreamShard Shard(string shardId) => shards.FirstOrDefault(shard => shard.Id == shardId)
        ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Shard: {shardId} in stream: {Arn} not found");

    /// <summary>Writes down one change. The caller holds the table's lock, which is what keeps an item's changes in order.</summary>
    public void Append(TableKey key, Attributes? old, Attributes? now, DateTimeOffset at)
    {
        var sequence = SequenceNumber(++lastSequence);
        // The upper bits of the hash choose the shard, as ranges of the hash space choose AWS's partitions.
        var shard = shards[(int)(key.Hash >> 62)];
        shard.Append(new ItemChange(sequence, at, key.Attributes, key.Text, old, now));
    }

    /// <summary>Tells the subscribers; called once the table's lock is released.</summary>
    public void Announce()
    {
        foreach (var subscriber in subscribers) subscriber();
    }

    public IDisposable Subscribe(Action onAppended)
    {
        ImmutableInterlocked.Update(ref subscribers, (all, one) => all.Add(one), onAppended);
        return new Subscription(() => ImmutableInterlocked.Update(ref subscribers, (all, one) => all.Remove(one), onAppended));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
