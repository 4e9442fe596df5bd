using System.Collections.Immutable;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>Text to tokens. Never fails: what it does not know becomes an Unknown token, which the parser refuses with its place.</summary>
internal static class Lexer
{
    public static ImmutableArray<Token> Read(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
            if (position == text.Length) break;
            var (kind, length) = Next(text, position);
            tokens.Add(new Token(kind, text.Substring(position, length), position, length));
            position += length;
        }

        tokens.Add(new Token(TokenKind.End, "<EOF>", text.Length, 0));
        return tokens.ToImmutable();
    }

    private static (TokenKind Kind, int Length) Next(string text, int start)
    {
        var c = text[start];
        if (char.IsAsciiLetter(c)) return (TokenKind.Word, Run(text, start, IsNameCharacter));
        if (char.IsAsciiDigit(c)) return (TokenKind.Index, Run(text, start, char.IsAsciiDigit));
        if (c is '#' or ':')
        {
            var name = Run(text, start + 1, IsNameCharacter);
            return name == 0 ? (TokenKind.Unknown, 1) : (c == '#' ? TokenKind.NamePlaceholder : TokenKind.ValuePlaceholder, name + 1);
        }

        if (text.AsSpan(start).StartsWith("<>") || text.AsSpan(start).StartsWith("<=") || text.AsSpan(start).StartsWith(">=")) return (TokenKind.Symbol, 2);
        return (c is '=' or '<' or '>' or '(' or ')' or '[' or ']' or ',' or '.' or '+' or '-' ? TokenKind.Symbol : TokenKind.Unknown, 1);
    }

    private static int Run(string text, int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end])) end++;
        return end - start;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
