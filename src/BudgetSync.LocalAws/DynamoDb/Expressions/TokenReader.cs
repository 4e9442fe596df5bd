using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>What all expressions' parsers share: walking the tokens, paths and values, and errors in AWS's words.</summary>
internal sealed partial class TokenReader
{
    /// <summary>Words that the grammar itself uses; where a name is expected they are errors of syntax.</summary>
    private static readonly string[] Keywords = ["AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE"];

    private readonly string kind;
    private readonly string text;
    private readonly Placeholders placeholders;
    private readonly ImmutableArray<Token> tokens;
    private int operators;

    /// <param name="kind">The member that held the expression, for example <c>ConditionExpression</c>.</param>
    public TokenReader(string kind, string text, Placeholders placeholders)
    {
        (this.kind, this.text, this.placeholders) = (kind, text, placeholders);
        if (text.Length == 0) throw Invalid("The expression can not be empty;");
        if (text.Length > AwsLimits.DynamoDb.ExpressionBytes)
            throw Invalid($"Expression size has exceeded the maximum allowed size; expression size: {text.Length}");
        tokens = Lexer.Read(text);
    }

    /// <summary>How many tokens were taken.</summary>
    public int Position { get; private set; }

    /// <summary>Attributes that the expression reads, as often as it does.</summary>
    public List<string> Attributes { get; } = [];

    public Token Current => tokens[Position];

    public Token Following => tokens[Math.Min(Position + 1, tokens.Length - 1)];

    public AwsException Invalid(string message) => new("ValidationException", $"Invalid {kind}: {message}");

    /// <summary>Refuses the current token, quoting it and its neighbours.</summary>
    public AwsException Unexpected()
    {
        var from = Position > 0 ? tokens[Position - 1].Start : Current.Start;
        var to = Following.Start + Following.Length;
        return Invalid($"Syntax error; token: \"{Current.Text}\", near: \"{text[from..to]}\"");
    }

    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End) Position++;
        return token;
    }

    /// <summary>The token after the parenthesis that closes the one at the current token.</summary>
    public Token AfterParentheses()
    {
        var depth = 0;
        for (var i = Position; i < tokens.Length - 1; i++)
        {
            depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;
            if (depth == 0) return tokens[i + 1];
        }

        return tokens[^1];
    }

    public bool TakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol)) return false;
        Position++;
        return true;
    }

    public bool TakeWord(string word)
    {
        if (!Current.IsWord(word)) return false;
        Position++;
        return true;
    }

    public void Expect(string symbol)
    {
        if (!TakeSymbol(symbol)) throw Unexpected();
    }

    /// <summary>Counts an operator or function that was read.</summary>
    public void CountOperator() => operators++;

    /// <exception cref="AwsException">ValidationException: there is more, or there were too many operators.</exception>
    public void ExpectEnd()
    {
        if (operators > AwsLimits.DynamoDb.ExpressionOperators)
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"The expression contains too many operators; operator count: {operators}"));
        if (Current.Kind != TokenKind.End) throw Unexpected();
    }

    /// <summary>True where a function call begins.</summary>
    public bool AtFunction => Current.Kind == TokenKind.Word && Following.IsSymbol("(");

    /// <exception cref="AwsException">ValidationException: not defined in ExpressionAttributeValues.</exception>
    public AttributeValue TakeValue()
    {
        if (Current.Kind != TokenKind.ValuePlaceholder) throw Unexpected();
        var key = Take().Text;
        return placeholders.FindValue(key)
            ?? throw Invalid($"An expression attribute value used in expression is not defined; attribute value: {key}");
    }
}
