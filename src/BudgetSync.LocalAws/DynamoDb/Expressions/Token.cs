namespace BudgetSync.LocalAws.DynamoDb.Expressions;

internal enum TokenKind
{
    /// <summary>A keyword, function or attribute name.</summary>
    Word,

    /// <summary><c>#name</c>.</summary>
    NamePlaceholder,

    /// <summary><c>:value</c>.</summary>
    ValuePlaceholder,

    /// <summary>Digits: a list index.</summary>
    Index,

    /// <summary>An operator, bracket, comma or dot.</summary>
    Symbol,

    /// <summary>A character that no expression has.</summary>
    Unknown,

    End,
}

/// <summary>One token of an expression, and where it stands: error messages quote the text around it.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int Length)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>Keywords are compared without case: <c>and</c> is AND.</summary>
    public bool IsWord(string word) => Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
