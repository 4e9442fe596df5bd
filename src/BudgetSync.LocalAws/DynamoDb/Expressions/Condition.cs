using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>A condition, filter or key condition: true or false for an item. Values that cannot be compared make it false, never an error.</summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    public abstract bool Holds(Attributes item);

    public sealed record And(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(Attributes item) => Left.Holds(item) && Right.Holds(item);
    }

    public sealed record Or(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(Attributes item) => Left.Holds(item) || Right.Holds(item);
    }

    public sealed record Not(Condition Inner) : Condition
    {
        public override bool Holds(Attributes item) => !Inner.Holds(item);
    }

    /// <param name="Operator">One of = &lt;&gt; &lt; &lt;= &gt; &gt;=.</param>
    public sealed record Comparison(string Operator, Operand Left, Operand Right) : Condition
    {
        public override bool Holds(Attributes item)
        {
            var (left, right) = (Left.Evaluate(item), Right.Evaluate(item));
            // An absent attribute is different from every value, and neither less nor greater.
            if (left is null || right is null) return Operator == "<>";
            return Operator switch
            {
                "=" => left == right,
                "<>" => left != right,
                "<" => ValueOrder.Compare(left, right) < 0,
                "<=" => ValueOrder.Compare(left, right) <= 0,
                ">" => ValueOrder.Compare(left, right) > 0,
                _ => ValueOrder.Compare(left, right) >= 0,
            };
        }
    }

    public sealed record Between(Operand Value, Operand Low, Operand High) : Condition
    {
        public override bool Holds(Attributes item) =>
            Value.Evaluate(item) is { } value && Low.Evaluate(item) is { } low && High.Evaluate(item) is { } high
            && ValueOrder.Compare(value, low) >= 0 && ValueOrder.Compare(value, high) <= 0;
    }

    public sealed record In(Operand Value, ImmutableArray<Operand> Candidates) : Condition
    {
        public override bool Holds(Attributes item) =>
            Value.Evaluate(item) is { } value && Candidates.Any(candidate => candidate.Evaluate(item) == value);
    }

    public sealed record Exists(DocumentPath Place) : Condition
    {
        public override bool Holds(Attributes item) => Place.Find(item) is not null;
    }

    public sealed record NotExists(DocumentPath Place) : Condition
    {
        public override bool Holds(Attributes item) => Place.Find(item) is null;
    }

    public sealed record HasType(Operand Value, string Type) : Condition
    {
        public override bool Holds(Attributes item) => Value.Evaluate(item)?.Type == Type;
    }

    public sealed record BeginsWith(Operand Value, Operand Prefix) : Condition
    {
        public override bool Holds(Attributes item) => (Value.Evaluate(item), Prefix.Evaluate(item)) switch
        {
            (AttributeValue.S value, AttributeValue.S prefix) => value.Value.StartsWith(prefix.Value, StringComparison.Ordinal),
            (AttributeValue.B value, AttributeValue.B prefix) => value.Value.Span.StartsWith(prefix.Value.Span),
            _ => false,
        };
    }

    public sealed record Contains(Operand Container, Operand Sought) : Condition
    {
        public override bool Holds(Attributes item) => (Container.Evaluate(item), Sought.Evaluate(item)) switch
        {
            (AttributeValue.S text, AttributeValue.S part) => text.Value.Contains(part.Value, StringComparison.Ordinal),
            (AttributeValue.B binary, AttributeValue.B part) => binary.Value.Span.IndexOf(part.Value.Span) >= 0,
            (AttributeValue.Set set, { } element) => set.Elements.Contains(element),
            (AttributeValue.L list, { } element) => list.Elements.Contains(element),
            _ => false,
        };
    }
}
