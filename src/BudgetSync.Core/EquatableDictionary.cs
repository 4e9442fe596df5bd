using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BudgetSync.Core;

/// <summary>An immutable sorted map that equals another with the same keys and equal values: what <see cref="EquatableArray{T}"/> is to lists.</summary>
public readonly struct EquatableDictionary<TKey, TValue>(ImmutableSortedDictionary<TKey, TValue> items)
    : IEquatable<EquatableDictionary<TKey, TValue>>, IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    public ImmutableSortedDictionary<TKey, TValue> Items => items ?? ImmutableSortedDictionary<TKey, TValue>.Empty;

    public int Count => Items.Count;

    public bool IsEmpty => Items.IsEmpty;

    public IEnumerable<TKey> Keys => Items.Keys;

    public IEnumerable<TValue> Values => Items.Values;

    public TValue this[TKey key] => Items[key];

    public static implicit operator EquatableDictionary<TKey, TValue>(ImmutableSortedDictionary<TKey, TValue> items) => new(items);

    public static implicit operator ImmutableSortedDictionary<TKey, TValue>(EquatableDictionary<TKey, TValue> map) => map.Items;

    public static bool operator ==(EquatableDictionary<TKey, TValue> one, EquatableDictionary<TKey, TValue> other) => one.Equals(other);

    public static bool operator !=(EquatableDictionary<TKey, TValue> one, EquatableDictionary<TKey, TValue> other) => !one.Equals(other);

    public bool ContainsKey(TKey key) => Items.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => Items.TryGetValue(key, out value);

    /// <summary>Looked up key by key: two maps that order their keys differently are equal still.</summary>
    public bool Equals(EquatableDictionary<TKey, TValue> other)
    {
        var (one, two) = (Items, other.Items);
        return one.Count == two.Count
            && one.All(entry => two.TryGetValue(entry.Key, out var value) && EqualityComparer<TValue>.Default.Equals(entry.Value, value));
    }

    public override bool Equals(object? obj) => obj is EquatableDictionary<TKey, TValue> other && Equals(other);

    /// <summary>Of the count alone, which no order of the keys changes.</summary>
    public override int GetHashCode() => Count;

    /// <summary>How many, never which, as with <see cref="EquatableArray{T}.ToString"/>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Count}]");

    public ImmutableSortedDictionary<TKey, TValue>.Enumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<TKey, TValue>>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();
}
