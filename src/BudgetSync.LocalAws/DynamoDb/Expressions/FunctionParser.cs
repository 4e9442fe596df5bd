using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>The functions and operands of conditions, with the checks AWS makes before it looks at any item.</summary>
internal sealed class FunctionParser(TokenReader reader)
{
    private static readonly string[] TypeNames = ["S", "N", "B", "NS", "BOOL", "L", "M", "BS", "NULL", "SS"];

    /// <summary>A function that is a condition by itself.</summary>
    public Condition Condition()
    {
        var name = reader.Take().Text;
        switch (name)
        {
            case "attribute_exists":
                return new Condition.Exists(Path(name, Arguments(name, 1)[0]));
            case "attribute_not_exists":
                return new Condition.NotExists(Path(name, Arguments(name, 1)[0]));
            case "attribute_type":
                var typed = Arguments(name, 2);
                return new Condition.HasType(typed[0], TypeName(typed[1]));
            case "begins_with":
                var prefixed = Arguments(name, 2);
                foreach (var argument in prefixed) RequireType(name, argument, "S", "B");
                RequireDistinct(name, prefixed[0], prefixed[1]);
                return new Condition.BeginsWith(prefixed[0], prefixed[1]);
            case "contains":
                var contained = Arguments(name, 2);
                RequireDistinct(name, contained[0], contained[1]);
                return new Condition.Contains(contained[0], contained[1]);
            case "if_not_exists" or "list_append":
                throw reader.Invalid($"The function is not allowed in a condition expression; function: {name}");
            default:
                throw reader.Invalid($"Invalid function name; function: {name}");
        }
    }

    /// <summary>A path, a value or <c>size(…)</c>.</summary>
    public Operand Operand()
    {
        if (reader.TakeSymbol("("))
        {
            var inner = Operand();
            reader.Expect(")");
            return inner;
        }

        if (!reader.AtFunction)
            return reader.AtPath ? new Operand.Path(reader.TakePath()) : new Operand.Literal(reader.TakeValue());
        var name = reader.Take().Text;
        if (name != "size")
        {
            throw reader.Invalid(
                name is "attribute_exists" or "attribute_not_exists" or "attribute_type" or "begins_with" or "contains" or "if_not_exists" or "list_append"
                    ? $"The function is not allowed to be used this way in an expression; function: {name}"
                    : $"Invalid function name; function: {name}");
        }

        var argument = Arguments(name, 1)[0];
        if (argument is Operand.Size) throw reader.Invalid("Incorrect operand type for operator or function; operator or function: size, operand type: N");
        RequireType(name, argument, "S", "B", "SS", "NS", "BS", "L", "M");
        return new Operand.Size(argument);
    }

    /// <summary>Comparisons by size need a type that has an order.</summary>
    public void RequireOrdered(string name, Operand operand) => RequireType(name, operand, "S", "N", "B");

    /// <summary>Comparing a path with itself is always a mistake, and refused.</summary>
    public void RequireDistinct(string name, Operand first, Operand other)
    {
        if (first is Operand.Path { Place: var place } && first == other)
            throw reader.Invalid(
                $"The first operand must be distinct from the remaining operands for this operator or function; operator: {name}, first operand: {place}");
    }

    private ImmutableArray<Operand> Arguments(string name, int count)
    {
        reader.CountOperator();
        reader.Expect("(");
        var arguments = ImmutableArray.CreateBuilder<Operand>();
        do
        {
            arguments.Add(Operand());
        }
        while (reader.TakeSymbol(","));
        reader.Expect(")");
        if (arguments.Count != count)
            throw reader.Invalid($"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {arguments.Count}");
        return arguments.ToImmutable();
    }

    private DocumentPath Path(string name, Operand argument) => argument is Operand.Path path
        ? path.Place
        : throw reader.Invalid($"Operator or function requires a document path; operator or function: {name}");

    private string TypeName(Operand argument)
    {
        if (argument is not Operand.Literal { Value: AttributeValue.S { Value: var type } })
            throw reader.Invalid(
                $"Incorrect operand type for operator or function; operator or function: attribute_type, operand type: "
                    + $"{(argument as Operand.Literal)?.Value.Type ?? $"{{{string.Join(",", TypeNames)}}}"}");
        return TypeNames.Contains(type)
            ? type
            : throw reader.Invalid($"Invalid attribute type name found; type: {type}, valid types: {{{string.Join(",", TypeNames)}}}");
    }

    private void RequireType(string name, Operand operand, params ReadOnlySpan<string> types)
    {
        if (operand is Operand.Literal { Value.Type: var type } && !types.Contains(type))
            throw reader.Invalid($"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type}");
    }
}
