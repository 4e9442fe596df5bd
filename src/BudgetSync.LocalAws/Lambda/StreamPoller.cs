using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>Reads a mapping's stream whenever something was appended, and hands each record to the consumer of its item.</summary>
internal sealed class StreamPoller : IDisposable
{
    /// <summary>How far a consumer is read ahead of what it has delivered.</summary>
    private const int MaximumBacklog = 10_000;

    private const int RecordsPerRead = 1_000;

    private readonly LocalCloud cloud;
    private readonly IDisposable subscription;
    private readonly Lock gate = new();
    private readonly Dictionary<string, string?> positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<ShardConsumer>> consumers = new(StringComparer.Ordinal);
    private int polling;
    private bool disposed;

    public StreamPoller(LocalCloud cloud, EventSourceMapping mapping)
    {
        this.cloud = cloud;
        Mapping = mapping;
        foreach (var shard in cloud.DynamoDb.Streams.Shards(mapping.StreamArn))
        {
            positions[shard] = mapping.FromTrimHorizon ? null : cloud.DynamoDb.Streams.Latest(mapping.StreamArn, shard);
            consumers[shard] = Consumers(shard);
        }

        subscription = cloud.DynamoDb.Streams.Subscribe(mapping.StreamArn, Wake);
        Wake();
    }

    /// <summary>Replaced as a whole by an update, which keeps the positions. A new parallelization factor takes a new mapping.</summary>
    public EventSourceMapping Mapping { get; private set; }

    /// <summary>What became of the newest batch, for example <c>OK</c>.</summary>
    public string LastResult { get; private set; } = "No records processed";

    public void Update(EventSourceMapping mapping)
    {
        Mapping = mapping;
        Wake();
    }

    public void Dispose()
    {
        subscription.Dispose();
        lock (gate)
        {
            disposed = true;
            foreach (var consumer in consumers.Values.SelectMany(shard => shard)) consumer.Stop();
        }
    }

    /// <summary>Posts one read, however many writes happened since the last one.</summary>
    private void Wake()
    {
        if (Mapping.Enabled && Interlocked.Exchange(ref polling, 1) == 0) cloud.Work.Post($"poll {Mapping.FunctionName}", PollAsync);
    }

    private Task PollAsync()
    {
        // Cleared first: what is appended from here on posts another read.
        Interlocked.Exchange(ref polling, 0);
        if (StreamAccess.Missing(cloud, Mapping) is { } missing)
        {
            LastResult = $"PROBLEM: {missing}";
            return Task.CompletedTask;
        }

        lock (gate)
        {
            if (disposed || !Mapping.Enabled) return Task.CompletedTask;
            var full = false;
            foreach (var shard in consumers.Keys.Order(StringComparer.Ordinal)) full |= !Read(shard);
            foreach (var consumer in consumers.OrderBy(shard => shard.Key, StringComparer.Ordinal).SelectMany(shard => shard.Value)) consumer.Schedule();
            // A consumer that is too far behind stops the reading; it is looked at again a little later.
            if (full && Interlocked.Exchange(ref polling, 1) == 0) cloud.Work.PostAfter($"poll {Mapping.FunctionName}", TimeSpan.FromSeconds(1), PollAsync);
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes over what a shard holds; false where it was left off because a consumer is full.</summary>
    private bool Read(string shard)
    {
        var own = consumers[shard];
        while (own.All(consumer => consumer.Backlog < MaximumBacklog))
        {
            var records = cloud.DynamoDb.Streams.Read(Mapping.StreamArn, shard, positions[shard], RecordsPerRead);
            foreach (var record in records)
            {
                positions[shard] = record.SequenceNumber;
                if (Mapping.Filters.IsEmpty || Mapping.Filters.Any(filter => filter.Matches(record.Record)))
                    own[ConsumerOf(record.Key, own.Length)].Add(record);
            }

            if (records.Count < RecordsPerRead) return true;
        }

        return false;
    }

    private ImmutableArray<ShardConsumer> Consumers(string shard) =>
        [.. Enumerable.Range(0, Mapping.ParallelizationFactor).Select(_ => new ShardConsumer(cloud, () => Mapping, shard, result => LastResult = result))];

    /// <summary>An item's records always go to the same consumer. FNV-1a, since string.GetHashCode differs from run to run.</summary>
    private static int ConsumerOf(string key, int count)
    {
        var hash = 2166136261u;
        foreach (var letter in key) hash = unchecked((hash ^ letter) * 16777619u);
        return (int)(hash % (uint)count);
    }
}
