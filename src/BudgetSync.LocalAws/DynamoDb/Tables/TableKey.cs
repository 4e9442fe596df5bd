using System.Text;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Tables;

/// <summary>
/// An item's primary key in the order a table keeps its items: by a hash of the partition key, then by that key, then by the sort key.
/// So a scan's order looks arbitrary but is always the same, and a page can begin after any key.
/// </summary>
internal sealed class TableKey : IComparable<TableKey>
{
    /// <summary>Where the walk over a table begins that was given no place: before every key.</summary>
    public static readonly TableKey First = new(0, null, null, Attributes.Empty);

    private readonly AttributeValue? partition;
    private readonly AttributeValue? sort;

    private TableKey(ulong hash, AttributeValue? partition, AttributeValue? sort, Attributes attributes)
    {
        (Hash, this.partition, this.sort, Attributes) = (hash, partition, sort, attributes);
    }

    public ulong Hash { get; }

    /// <summary>The key attributes alone, as streams and LastEvaluatedKey show them.</summary>
    public Attributes Attributes { get; }

    public AttributeValue? Sort => sort;

    /// <summary>The key as text, for example <c>S:111122223333</c>: equal for equal keys only.</summary>
    public string Text => sort is null ? ValueText(partition) : $"{ValueText(partition).Length}|{ValueText(partition)}|{ValueText(sort)}";

    public static TableKey Create(AttributeValue partition, AttributeValue? sort, Attributes attributes) =>
        new(HashOf(partition), partition, sort, attributes);

    /// <summary>Before every key of one partition: where a query begins.</summary>
    public static TableKey BeforePartition(AttributeValue partition) => new(HashOf(partition), partition, null, Attributes.Empty);

    public bool IsInPartition(AttributeValue value) => partition == value;

    public int CompareTo(TableKey? other)
    {
        if (other is null) return 1;
        var order = Hash.CompareTo(other.Hash);
        if (order == 0) order = Compare(partition, other.partition);
        return order != 0 ? order : Compare(sort, other.sort);
    }

    private static int Compare(AttributeValue? left, AttributeValue? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => ValueOrder.Compare(left, right) ?? string.CompareOrdinal(left.Type, right.Type),
    };

    private static string ValueText(AttributeValue? value) => value switch
    {
        AttributeValue.S text => $"S:{text.Value}",
        AttributeValue.N number => $"N:{number.Value}",
        AttributeValue.B binary => $"B:{binary.Value.Base64}",
        _ => "",
    };

    /// <summary>FNV-1a with a final mix, so that neighbouring account ids spread over the shards. Ours, not AWS's, whose hash is secret.</summary>
    private static ulong HashOf(AttributeValue value)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var octet in Encoding.UTF8.GetBytes(ValueText(value))) hash = (hash ^ octet) * 1099511628211UL;
            hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
            hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
            return hash ^ (hash >> 33);
        }
    }
}
