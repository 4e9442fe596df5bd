using System.Collections.Immutable;

namespace BudgetSync.Core.Rows;

/// <summary>One attribute's value as DynamoDB types it, free of any SDK: the stream, the table, CSV and JSON are all read into this first.</summary>
public abstract record RowValue
{
    private RowValue()
    {
    }

    /// <summary>DynamoDB <c>S</c>.</summary>
    public sealed record Text(string Value) : RowValue;

    /// <summary>DynamoDB <c>N</c>, still the text that came over the wire: whether it is a usable number is a rule of the row, not of the reader.</summary>
    public sealed record Number(string Value) : RowValue;

    /// <summary>DynamoDB <c>BOOL</c>.</summary>
    public sealed record Bool(bool Value) : RowValue;

    /// <summary>DynamoDB <c>NULL</c>.</summary>
    public sealed record Null : RowValue;

    /// <summary>DynamoDB <c>L</c>.</summary>
    public sealed record List(EquatableArray<RowValue> Items) : RowValue;

    /// <summary>DynamoDB <c>M</c>.</summary>
    public sealed record Map(EquatableDictionary<string, RowValue> Entries) : RowValue;

    /// <summary>DynamoDB <c>SS</c>.</summary>
    public sealed record TextSet(ImmutableArray<string> Items) : RowValue
    {
        public bool Equals(TextSet? other) => other is not null && SameMembers(Items, other.Items);

        public override int GetHashCode() => Items.Length;
    }

    /// <summary>DynamoDB <c>NS</c>.</summary>
    public sealed record NumberSet(ImmutableArray<string> Items) : RowValue
    {
        public bool Equals(NumberSet? other) => other is not null && SameMembers(Items, other.Items);

        public override int GetHashCode() => Items.Length;
    }

    /// <summary>DynamoDB <c>B</c> or <c>BS</c>: no attribute of a row takes one. <paramref name="Type"/> is the DynamoDB type name.</summary>
    public sealed record Binary(string Type) : RowValue;

    /// <summary>DynamoDB keeps no order in a set, so none counts.</summary>
    private static bool SameMembers(ImmutableArray<string> one, ImmutableArray<string> other) =>
        one.Length == other.Length && one.Order(StringComparer.Ordinal).SequenceEqual(other.Order(StringComparer.Ordinal));
}
