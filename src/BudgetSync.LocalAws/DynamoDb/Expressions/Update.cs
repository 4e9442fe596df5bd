using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>The right side of a SET.</summary>
internal abstract record SetValue
{
    private SetValue()
    {
    }

    public sealed record Path(DocumentPath Place) : SetValue;

    public sealed record Literal(AttributeValue Value) : SetValue;

    public sealed record IfNotExists(DocumentPath Place, SetValue Otherwise) : SetValue;

    public sealed record ListAppend(SetValue First, SetValue Second) : SetValue;

    /// <summary><c>left + right</c>, or minus.</summary>
    public sealed record Sum(SetValue Left, SetValue Right, bool Minus) : SetValue;
}

/// <summary>One action of an update expression.</summary>
internal abstract record UpdateAction(DocumentPath Place)
{
    public sealed record Set(DocumentPath Place, SetValue Value) : UpdateAction(Place);

    public sealed record Remove(DocumentPath Place) : UpdateAction(Place);

    /// <summary>Adds to a number, or elements to a set.</summary>
    public sealed record Add(DocumentPath Place, AttributeValue Value) : UpdateAction(Place);

    /// <summary>Takes elements out of a set.</summary>
    public sealed record Delete(DocumentPath Place, AttributeValue.Set Elements) : UpdateAction(Place);
}

/// <summary>A whole update expression; its places neither overlap nor conflict.</summary>
internal sealed record Update(ImmutableArray<UpdateAction> Actions)
{
    public static readonly Update Nothing = new([]);

    /// <summary>True: it takes away and adds nothing, so that it makes no item where there is none. Without any action it makes one.</summary>
    public bool OnlyRemoves => !Actions.IsEmpty && Actions.All(action => action is UpdateAction.Remove or UpdateAction.Delete);
}
