using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Streams;

namespace BudgetSync.LocalAws.DynamoDb.Tables;

/// <summary>A table: its settings, its items in key order, and its stream. Every use of the items holds <see cref="Gate"/>.</summary>
internal sealed class Table(string arn, string name, string accountId, string region, ImmutableArray<KeyElement> keys, DateTimeOffset createdAt)
{
    private readonly SortedSet<Entry> entries = new(Comparer<Entry>.Create((left, right) => left.Key.CompareTo(right.Key)));

    /// <summary>One writer or reader at a time, so that reads are consistent, and conditions and their writes are one step.</summary>
    public Lock Gate { get; } = new();

    public string Arn { get; } = arn;

    public string Name { get; } = name;

    public string AccountId { get; } = accountId;

    public string Region { get; } = region;

    public KeySchema Keys { get; } = new(keys);

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public TableSettings Settings { get; set; } = TableSettings.Default;

    /// <summary>The stream, enabled or most recently so; null where there never was one.</summary>
    public StreamLog? Stream { get; set; }

    public int ItemCount => entries.Count;

    public long SizeBytes { get; private set; }

    public Attributes? Find(TableKey key) => entries.TryGetValue(new Entry(key, Attributes.Empty), out var entry) ? entry.Item : null;

    /// <summary>Items in key order, from a key on; that key's own item comes first where there is one.</summary>
    public IEnumerable<(TableKey Key, Attributes Item)> From(TableKey key)
    {
        // An empty range is not a range to SortedSet, so the end is looked at first.
        if (entries.Max is not { } last || key.CompareTo(last.Key) > 0) return [];
        return entries.GetViewBetween(new Entry(key, Attributes.Empty), last).Select(entry => (entry.Key, entry.Item));
    }

    /// <summary>Writes an item, or removes it where <paramref name="item"/> is null, and records the change unless there is none.</summary>
    /// <returns>True where the stream got a record: <see cref="StreamLog.Announce"/> it once the gate is released.</returns>
    public bool Write(TableKey key, Attributes? old, Attributes? item, DateTimeOffset at)
    {
        if (Equals(old, item)) return false;
        if (old is not null)
        {
            entries.Remove(new Entry(key, old));
            SizeBytes -= old.Size;
        }

        if (item is not null)
        {
            entries.Add(new Entry(key, item));
            SizeBytes += item.Size;
        }

        if (Stream is not { DisabledAt: null } stream) return false;
        stream.Append(key, old, item, at);
        return true;
    }

    private sealed record Entry(TableKey Key, Attributes Item);
}
