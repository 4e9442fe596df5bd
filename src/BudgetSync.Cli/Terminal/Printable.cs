using System.Buffers;
using System.Globalization;
using System.Text;

namespace BudgetSync.Cli.Terminal;

/// <summary>
/// Text from outside (a row, an account's name, an error of AWS) made harmless to show: what would move a terminal's cursor, colour it, retitle it or turn the
/// reading direction is written out, as in <c>\u001b</c>. Source: CWE-150, "Improper Neutralization of Escape, Meta, or Control Sequences".
/// </summary>
internal static class Printable
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [
            .. Range('\0', '\u001f'), .. Range('\u007f', '\u009f'),
            // Bidirectional marks and overrides (Unicode TR 9), separators at which some terminals break lines, and surrogates, which are looked at.
            '\u061c', '\u200e', '\u200f', .. Range('\u2028', '\u202e'), .. Range('\u2066', '\u2069'), .. Range('\ud800', '\udfff'), '\ufeff',
        ]);

    /// <summary>A text that may have several lines.</summary>
    public static string Text(string text) => Escape(text, linesToo: false);

    /// <summary>A text that is to stay on the line it is put in.</summary>
    public static string Line(string text) => Escape(text, linesToo: true);

    private static string Escape(string text, bool linesToo)
    {
        var first = text.AsSpan().IndexOfAny(Suspicious);
        if (first < 0) return text;
        var shown = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var index = first; index < text.Length; index++)
        {
            var letter = text[index];
            if (char.IsSurrogate(letter) && index + 1 < text.Length && char.IsSurrogatePair(letter, text[index + 1]))
                shown.Append(letter).Append(text[++index]);
            else if (!Suspicious.Contains(letter) || (!linesToo && IsLayout(text, index)))
                shown.Append(letter);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return shown.ToString();
    }

    /// <summary>A carriage return alone would let what follows it write over the line.</summary>
    private static bool IsLayout(string text, int index) =>
        text[index] is '\n' or '\t' || (text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n');

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
