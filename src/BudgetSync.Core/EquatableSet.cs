using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace BudgetSync.Core;

/// <summary>An immutable sorted set that equals another with equal items: what <see cref="EquatableArray{T}"/> is to lists.</summary>
[CollectionBuilder(typeof(EquatableSet), nameof(EquatableSet.Create))]
public readonly struct EquatableSet<T>(ImmutableSortedSet<T> items) : IEquatable<EquatableSet<T>>, IReadOnlyCollection<T>
{
    public ImmutableSortedSet<T> Items => items ?? [];

    public int Count => Items.Count;

    public bool IsEmpty => Items.IsEmpty;

    public static implicit operator EquatableSet<T>(ImmutableSortedSet<T> items) => new(items);

    public static implicit operator ImmutableSortedSet<T>(EquatableSet<T> set) => set.Items;

    public static bool operator ==(EquatableSet<T> one, EquatableSet<T> other) => one.Equals(other);

    public static bool operator !=(EquatableSet<T> one, EquatableSet<T> other) => !one.Equals(other);

    public bool Equals(EquatableSet<T> other) => Items.SetEquals(other.Items);

    public override bool Equals(object? obj) => obj is EquatableSet<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>How many, never which, as with <see cref="EquatableArray{T}.ToString"/>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Count}]");

    public ImmutableSortedSet<T>.Enumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();
}

/// <summary>What a collection expression of an <see cref="EquatableSet{T}"/> calls.</summary>
public static class EquatableSet
{
    public static EquatableSet<T> Create<T>(ReadOnlySpan<T> items) => new([.. items]);
}
