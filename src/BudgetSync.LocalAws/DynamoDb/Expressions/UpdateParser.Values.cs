using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <content>The right side of an assignment.</content>
internal sealed partial class UpdateParser
{
    private SetValue Value()
    {
        if (reader.TakeSymbol("("))
        {
            var inner = Value();
            reader.Expect(")");
            return inner;
        }

        var left = Term();
        if (!reader.Current.IsSymbol("+") && !reader.Current.IsSymbol("-")) return left;
        var sign = reader.Take().Text;
        reader.CountOperator();
        var right = Term();
        foreach (var side in (ReadOnlySpan<SetValue>)[left, right])
        {
            if (side is SetValue.Literal { Value: not AttributeValue.N and var value })
                throw reader.Invalid($"Incorrect operand type for operator or function; operator or function: {sign}, operand type: {value.Type}");
        }

        return new SetValue.Sum(left, right, sign == "-");
    }

    private SetValue Term()
    {
        if (reader.AtFunction) return Function();
        return reader.AtPath ? new SetValue.Path(reader.TakePath()) : new SetValue.Literal(reader.TakeValue());
    }

    private SetValue Function()
    {
        var name = reader.Take().Text;
        reader.CountOperator();
        if (ConditionFunctions.Contains(name)) throw reader.Invalid($"The function is not allowed in an update expression; function: {name}");
        if (name is not ("if_not_exists" or "list_append")) throw reader.Invalid($"Invalid function name; function: {name}");
        var arguments = new List<SetValue>();
        reader.Expect("(");
        do
        {
            arguments.Add(Term());
        }
        while (reader.TakeSymbol(","));
        reader.Expect(")");
        if (arguments.Count != 2)
            throw reader.Invalid($"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {arguments.Count}");
        if (name == "if_not_exists")
        {
            return arguments[0] is SetValue.Path path
                ? new SetValue.IfNotExists(path.Place, arguments[1])
                : throw reader.Invalid($"Operator or function requires a document path; operator or function: {name}");
        }

        foreach (var argument in arguments)
        {
            if (argument is SetValue.Literal { Value: not AttributeValue.L and var value })
                throw reader.Invalid($"Incorrect operand type for operator or function; operator or function: {name}, operand type: {value.Type}");
        }

        return new SetValue.ListAppend(arguments[0], arguments[1]);
    }

    private Kernel.AwsException WrongType(string section, AttributeValue value)
    {
        var type = value switch
        {
            AttributeValue.S => "STRING",
            AttributeValue.N => "NUMBER",
            AttributeValue.B => "BINARY",
            AttributeValue.Bool => "BOOLEAN",
            AttributeValue.L => "LIST",
            AttributeValue.M => "MAP",
            _ => value.Type,
        };
        return reader.Invalid($"Incorrect operand type for operator or function; operator: {section}, operand type: {type}");
    }
}
