namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>Binary content, compared byte by byte without sign.</summary>
internal readonly struct Bytes(byte[] content) : IEquatable<Bytes>, IComparable<Bytes>
{
    private readonly byte[] content = content;

    public int Length => content.Length;

    public ReadOnlySpan<byte> Span => content;

    public string Base64 => Convert.ToBase64String(content);

    public bool Equals(Bytes other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Bytes other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(content);
        return hash.ToHashCode();
    }

    public int CompareTo(Bytes other) => Span.SequenceCompareTo(other.Span);
}
