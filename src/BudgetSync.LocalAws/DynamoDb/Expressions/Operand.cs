using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>What stands on a side of an operator in a condition.</summary>
internal abstract record Operand
{
    private Operand()
    {
    }

    /// <summary>The operand's value for an item; null where the item has none.</summary>
    public abstract AttributeValue? Evaluate(Attributes item);

    public sealed record Path(DocumentPath Place) : Operand
    {
        public override AttributeValue? Evaluate(Attributes item) => Place.Find(item);
    }

    public sealed record Literal(AttributeValue Value) : Operand
    {
        public override AttributeValue? Evaluate(Attributes item) => Value;
    }

    /// <summary><c>size(path)</c>: characters, bytes or elements; numbers, truth values and nulls have none.</summary>
    public sealed record Size(Operand Of) : Operand
    {
        public override AttributeValue? Evaluate(Attributes item)
        {
            int? size = Of.Evaluate(item) switch
            {
                AttributeValue.S text => text.Size,
                AttributeValue.B binary => binary.Size,
                AttributeValue.Set set => set.Elements.Length,
                AttributeValue.L list => list.Elements.Length,
                AttributeValue.M map => map.Members.Count,
                _ => null,
            };
            return size is { } known ? new AttributeValue.N(DynamoNumber.From(known)) : null;
        }
    }
}
