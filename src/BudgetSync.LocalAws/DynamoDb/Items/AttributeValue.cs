using System.Collections.Immutable;
using System.Text;

namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>
/// One attribute's value, immutable and compared by content: two values are equal when DynamoDB calls them equal
/// (sets without order, numbers by amount), which is also how "a write that changes nothing" is known.
/// </summary>
internal abstract record AttributeValue
{
    private AttributeValue()
    {
    }

    /// <summary>DynamoDB's name of the type, for example <c>SS</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Bytes that count towards the 400 KB of an item.</summary>
    public abstract int Size { get; }

    public sealed record S(string Value) : AttributeValue
    {
        public override string Type => "S";

        public override int Size => Encoding.UTF8.GetByteCount(Value);
    }

    public sealed record N(DynamoNumber Value) : AttributeValue
    {
        public override string Type => "N";

        public override int Size => Value.Size;
    }

    public sealed record B(Bytes Value) : AttributeValue
    {
        public override string Type => "B";

        public override int Size => Value.Length;
    }

    public sealed record Bool(bool Value) : AttributeValue
    {
        public override string Type => "BOOL";

        public override int Size => 1;
    }

    public sealed record Null : AttributeValue
    {
        public override string Type => "NULL";

        public override int Size => 1;
    }

    /// <summary>A string, number or binary set: <see cref="ElementType"/> is S, N or B, and so is each element.</summary>
    public sealed record Set(string ElementType, ImmutableArray<AttributeValue> Elements) : AttributeValue
    {
        public override string Type => ElementType + "S";

        public override int Size => Elements.Sum(element => element.Size);

        public bool Equals(Set? other) =>
            other is not null && ElementType == other.ElementType && Elements.Length == other.Elements.Length
            && Elements.ToHashSet().SetEquals(other.Elements);

        public override int GetHashCode() => HashCode.Combine(ElementType, Elements.Length);
    }

    public sealed record L(ImmutableArray<AttributeValue> Elements) : AttributeValue
    {
        public override string Type => "L";

        public override int Size => 3 + Elements.Sum(element => element.Size + 1);

        public bool Equals(L? other) => other is not null && Elements.SequenceEqual(other.Elements);

        public override int GetHashCode() => HashCode.Combine('L', Elements.Length);
    }

    public sealed record M(Attributes Members) : AttributeValue
    {
        public override string Type => "M";

        public override int Size => 3 + Members.Size + Members.Count;
    }
}
