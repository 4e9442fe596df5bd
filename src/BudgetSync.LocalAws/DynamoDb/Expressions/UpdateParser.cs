using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>Update expressions: SET, REMOVE, ADD and DELETE sections, each at most once, in any order.</summary>
internal sealed partial class UpdateParser
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
}
