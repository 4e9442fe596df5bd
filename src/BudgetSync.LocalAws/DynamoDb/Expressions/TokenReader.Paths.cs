using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <content>Names of attributes, and paths of them.</content>
internal sealed partial class TokenReader
{
    public bool AtPath => Current.Kind is TokenKind.Word or TokenKind.NamePlaceholder;

    /// <summary>A name, then any number of <c>.name</c> and <c>[index]</c>.</summary>
    public DocumentPath TakePath()
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        steps.Add(TakeName());
        while (true)
        {
            if (TakeSymbol("."))
            {
                steps.Add(TakeName());
            }
            else if (TakeSymbol("["))
            {
                if (Current.Kind != TokenKind.Index) throw Unexpected();
                if (!int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                    throw Invalid($"List index is not within the allowable range; index: [{Current.Text}]");
                Take();
                Expect("]");
                steps.Add(new PathStep(null, index));
            }
            else
            {
                break;
            }
        }

        if (steps.Count > AwsLimits.DynamoDb.NestingLevels)
            throw Invalid("The document path has too many nesting elements; nesting levels: " + steps.Count.ToString(CultureInfo.InvariantCulture));
        var path = new DocumentPath(steps.ToImmutable());
        Attributes.Add(path.Attribute);
        return path;
    }

    private PathStep TakeName()
    {
        if (!AtPath || Keywords.Contains(Current.Text, StringComparer.OrdinalIgnoreCase)) throw Unexpected();
        var token = Take();
        if (token.Kind == TokenKind.Word && Current.IsSymbol("(")) throw Unexpected();
        if (token.Kind == TokenKind.Word)
        {
            if (ReservedWords.Contains(token.Text)) throw Invalid($"Attribute name is a reserved keyword; reserved keyword: {token.Text}");
            return new PathStep(token.Text, 0);
        }

        return new PathStep(
            placeholders.FindName(token.Text)
                ?? throw Invalid($"An expression attribute name used in the document path is not defined; attribute name: {token.Text}"),
            0);
    }
}
