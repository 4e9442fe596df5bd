namespace BudgetSync.LocalAws.DynamoDb.Streams;

/// <summary>One shard of a stream: changes in order, kept for 24 hours.</summary>
internal sealed class StreamShard(string id)
{
    private readonly Lock gate = new();
    private List<ItemChange> changes = [];
    private int trimmed;
    private string? latest;
    private string? lastTrimmed;

    public string Id { get; } = id;

    public void Append(ItemChange change)
    {
        lock (gate)
        {
            Trim(change.At);
            changes.Add(change);
            latest = change.SequenceNumber;
        }
    }

    public string? Latest()
    {
        lock (gate) return latest;
    }

    /// <summary>Changes after a sequence number, or from the oldest kept.</summary>
    public IReadOnlyList<ItemChange> Read(string? after, int maximum, DateTimeOffset now)
    {
        lock (gate)
        {
            Trim(now);
            var start = after is null ? trimmed : Math.Max(trimmed, FirstAfter(after));
            return changes.GetRange(start, Math.Min(maximum, changes.Count - start));
        }
    }

    /// <summary>True where the record of this sequence number was kept once and is no more.</summary>
    public bool IsTrimmed(string sequenceNumber, DateTimeOffset now)
    {
        lock (gate)
        {
            Trim(now);
            return lastTrimmed is not null && string.CompareOrdinal(sequenceNumber, lastTrimmed) <= 0;
        }
    }

    /// <summary>Drops what is too old. The list is compacted only once most of it is gone, so trimming costs next to nothing per call.</summary>
    private void Trim(DateTimeOffset now)
    {
        while (trimmed < changes.Count && changes[trimmed].At + AwsLimits.DynamoDb.StreamRetention <= now) lastTrimmed = changes[trimmed++].SequenceNumber;
        if (trimmed <= changes.Count / 2 || trimmed == 0) return;
        changes = changes[trimmed..];
        trimmed = 0;
    }

    private int FirstAfter(string sequenceNumber)
    {
        var (low, high) = (0, changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(changes[middle].SequenceNumber, sequenceNumber) <= 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
