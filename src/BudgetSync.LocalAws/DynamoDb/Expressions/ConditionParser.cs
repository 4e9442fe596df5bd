using System.Collections.Immutable;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>Conditions, filters and key conditions: OR binds loosest, then AND, then NOT.</summary>
internal sealed partial class ConditionParser
{
    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">="];

    private readonly TokenReader reader;
    private readonly FunctionParser functions;
    private (int Opened, int Closed) lastGroup = (-1, -1);

    private ConditionParser(TokenReader reader)
    {
        this.reader = reader;
        functions = new FunctionParser(reader);
    }

    /// <param name="kind">The member that held the expression, for example <c>FilterExpression</c>.</param>
    /// <exception cref="Kernel.AwsException">ValidationException in AWS's words.</exception>
    public static Condition Parse(string kind, string text, Placeholders placeholders)
    {
        var reader = new TokenReader(kind, text, placeholders);
        var condition = new ConditionParser(reader).Or();
        reader.ExpectEnd();
        return condition;
    }

    /// <summary>A filter, which may not look at the key: that is what the key condition is for.</summary>
    /// <param name="keyAttributes">The attributes a filter may not use; none for a scan.</param>
    /// <exception cref="Kernel.AwsException">ValidationException in AWS's words.</exception>
    public static Condition ParseFilter(string text, Placeholders placeholders, IReadOnlyCollection<string> keyAttributes)
    {
        var reader = new TokenReader("FilterExpression", text, placeholders);
        var condition = new ConditionParser(reader).Or();
        reader.ExpectEnd();
        return reader.Attributes.Find(keyAttributes.Contains) is { } key
            ? throw new Kernel.AwsException(
                "ValidationException",
                $"Filter Expression can only contain non-primary key attributes: Primary key attribute: {key}")
            : condition;
    }

    private Condition Or()
    {
        var left = And();
        while (TakeOperator("OR")) left = new Condition.Or(left, And());
        return left;
    }

    private Condition And()
    {
        var left = Not();
        while (TakeOperator("AND")) left = new Condition.And(left, Not());
        return left;
    }

    private Condition Not()
    {
        if (TakeOperator("NOT")) return new Condition.Not(Not());
        if (!reader.Current.IsSymbol("(") || IsOperator(reader.AfterParentheses())) return Term();
        var opened = reader.Position;
        reader.Take();
        var inner = Or();
        // The parentheses hold nothing but another pair: AWS refuses that rather than ignore it.
        if (lastGroup == (opened + 1, reader.Position - 1)) throw reader.Invalid("The expression has redundant parentheses;");
        lastGroup = (opened, reader.Position);
        reader.Expect(")");
        return inner;
    }

    private Condition Term()
    {
        if (reader.AtFunction && reader.Current.Text != "size")
        {
            var name = reader.Current.Text;
            var function = functions.Condition();
            if (IsOperator(reader.Current)) throw reader.Invalid($"The function is not allowed to be used this way in an expression; function: {name}");
            return function;
        }

        var startedWithSize = reader.AtFunction;
        var left = functions.Operand();
        if (TakeOperator("BETWEEN")) return Between(left);
        if (TakeOperator("IN")) return In(left);
        if (!IsOperator(reader.Current))
        {
            throw startedWithSize
                ? reader.Invalid("The function is not allowed to be used this way in an expression; function: size")
                : reader.Unexpected();
        }

        var comparator = reader.Take().Text;
        reader.CountOperator();
        var right = functions.Operand();
        functions.RequireDistinct(comparator, left, right);
        if (comparator is not ("=" or "<>"))
        {
            functions.RequireOrdered(comparator, left);
            functions.RequireOrdered(comparator, right);
        }

        return new Condition.Comparison(comparator, left, right);
    }
}
