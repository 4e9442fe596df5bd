using System.Text;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// A regular expression of a service model as AWS reads it. The models are written for Java, whose <c>\w</c>, <c>\d</c> and <c>\s</c> know ASCII only
/// (java.util.regex.Pattern, "Predefined character classes"); .NET's know all of Unicode, and would take a name that AWS refuses. So it is with the dot.
/// </summary>
internal static class ModelPattern
{
    /// <summary>Java's dot, which stops at every line terminator; .NET's stops at the line feed alone.</summary>
    private const string AnyButLineEnds = @"[^\n\r\u0085\u2028\u2029]";

    /// <summary>Java reads two surrogates as one letter, so this range is that of all letters beyond the first plane.</summary>
    private const string Supplementary = @"\uD800\uDC00-\uDBFF\uDFFF";

    /// <summary>The same in .NET, to which they are two; a request holds none alone, because it is UTF-8.</summary>
    private const string AnySurrogates = @"\uD800-\uDFFF";

    /// <summary>The whole text must match.</summary>
    public static Regex Compile(string pattern) => new($@"\A(?:{Ascii(pattern)})\z", RegexOptions.CultureInvariant);

    private static string Ascii(string pattern)
    {
        pattern = pattern.Replace(Supplementary, AnySurrogates, StringComparison.Ordinal);
        var text = new StringBuilder();
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && i + 1 < pattern.Length)
            {
                var escaped = pattern[++i];
                var letters = escaped switch { 'w' => "a-zA-Z0-9_", 'd' => "0-9", 's' => @" \t\n\v\f\r", _ => null };
                text.Append(letters is null ? $@"\{escaped}" : isInClass ? letters : $"[{letters}]");
                continue;
            }

            if (letter == '[') isInClass = true;
            else if (letter == ']') isInClass = false;
            if (letter == '.' && !isInClass) text.Append(AnyButLineEnds);
            else text.Append(letter);
        }

        return text.ToString();
    }
}
