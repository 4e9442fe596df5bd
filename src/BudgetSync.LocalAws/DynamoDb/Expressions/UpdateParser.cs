using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>Update expressions: SET, REMOVE, ADD and DELETE sections, each at most once, in any order.</summary>
internal sealed class UpdateParser
{
    private static readonly string[] Sections = ["SET", "REMOVE", "ADD", "DELETE"];
    private static readonly string[] ConditionFunctions = ["attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"];

    private readonly TokenReader reader;
    private readonly ImmutableArray<UpdateAction>.Builder actions = ImmutableArray.CreateBuilder<UpdateAction>();

    private UpdateParser(TokenReader reader) => this.reader = reader;

    /// <exception cref="Kernel.AwsException">ValidationException in AWS's words.</exception>
    public static Update Parse(string text, Placeholders placeholders)
    {
        var parser = new UpdateParser(new TokenReader("UpdateExpression", text, placeholders));
        parser.ReadSections();
        parser.reader.ExpectEnd();
        var update = new Update(parser.actions.ToImmutable());
        PathSet.RequireDisjoint(parser.reader, update.Actions.Select(action => action.Place));
        return update;
    }

    private void ReadSections()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var section = Sections.FirstOrDefault(reader.Current.IsWord) ?? throw reader.Unexpected();
            if (!seen.Add(section)) throw reader.Invalid($"The \"{section}\" section can only be used once in an update expression;");
            reader.Take();
            do
            {
                actions.Add(Action(section));
            }
            while (reader.TakeSymbol(","));
        }
        while (reader.Current.Kind != TokenKind.End);
    }

    private UpdateAction Action(string section)
    {
        var place = reader.TakePath();
        switch (section)
        {
            case "SET":
                reader.Expect("=");
                return new UpdateAction.Set(place, Value());
            case "REMOVE":
                return new UpdateAction.Remove(place);
            case "ADD":
                var added = reader.TakeValue();
                return added is AttributeValue.N or AttributeValue.Set ? new UpdateAction.Add(place, added) : throw WrongType("ADD", added);
            default:
                var deleted = reader.TakeValue();
                return deleted is AttributeValue.Set set ? new UpdateAction.Delete(place, set) : throw WrongType("DELETE", deleted);
        }
    }

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
