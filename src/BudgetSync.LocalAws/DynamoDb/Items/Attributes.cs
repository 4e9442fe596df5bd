using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>An item, or the members of a map: names to values, never changed once made, equal by content.</summary>
internal sealed class Attributes : IEquatable<Attributes>, IReadOnlyCollection<KeyValuePair<string, AttributeValue>>
{
    public static readonly Attributes Empty = new([]);

    private readonly Dictionary<string, AttributeValue> values;
    private int size = -1;

    /// <param name="values">Handed over: the caller keeps no other use of it.</param>
    public Attributes(Dictionary<string, AttributeValue> values) => this.values = values;

    public int Count => values.Count;

    /// <summary>Bytes of all names and values; computed once, because an item is never changed.</summary>
    public int Size => size >= 0 ? size : size = values.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + pair.Value.Size);

    public bool TryGet(string name, [NotNullWhen(true)] out AttributeValue? value) => values.TryGetValue(name, out value);

    public AttributeValue? Find(string name) => values.GetValueOrDefault(name);

    public Attributes With(string name, AttributeValue value) => new(new Dictionary<string, AttributeValue>(values, StringComparer.Ordinal) { [name] = value });

    public Attributes Without(string name)
    {
        if (!values.ContainsKey(name)) return this;
        var rest = new Dictionary<string, AttributeValue>(values, StringComparer.Ordinal);
        rest.Remove(name);
        return new Attributes(rest);
    }

    public bool Equals(Attributes? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (Count == other.Count && values.All(pair => other.values.TryGetValue(pair.Key, out var value) && value == pair.Value)));

    public override bool Equals(object? obj) => Equals(obj as Attributes);

    public override int GetHashCode() => Count;

    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
