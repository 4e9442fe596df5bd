using System.Globalization;
using System.Text;

namespace BudgetSync.Core;

/// <summary>
/// Texts from outside as people see them: letters that steer a terminal, turn the reading direction or show nothing at all are written out, as in
/// <c>\u001b</c>, so that two texts that differ never look alike for it. The one list of them for screens, logs and stored reasons. Sources: CWE-150, "Improper
/// Neutralization of Escape, Meta, or Control Sequences"; Unicode TR 36, "Unicode Security Considerations"; Unicode's property Default_Ignorable_Code_Point.
/// </summary>
public static class VisibleText
{
    /// <summary>Invisible though Unicode calls them letters, marks or numbers: joiners, fillers, selectors of a variation.</summary>
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
    ];

    /// <summary>A text that is to stay on the line it is put in.</summary>
    public static string Line(string text) => Escape(text, lines: false);

    /// <summary>A text that may have several lines, and tabs in them.</summary>
    public static string Lines(string text) => Escape(text, lines: true);

    /// <summary>True where a letter of the text steers or shows nothing; line ends and tabs do neither.</summary>
    public static bool HasHidden(string text) => Lines(text) != text;

    private static string Escape(string text, bool lines)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0) return text;
        var shown = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length; index++)
        {
            if (Rune.TryGetRuneAt(text, index, out var rune) && (!IsHidden(rune) || (lines && IsLayout(text, index))))
            {
                shown.Append(rune.ToString());
                index += rune.Utf16SequenceLength - 1;
            }
            else
            {
                // Half a pair alone, and both halves of a pair that shows nothing.
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[index]:x4}");
            }
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        // Of the format characters only some signs of Arabic, Syriac and Kaithi numbers are seen.
        UnicodeCategory.Format => rune.Value is not ((>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD),
        _ => rune.Value >= Ignorable[0].First && Array.Exists(Ignorable, range => rune.Value >= range.First && rune.Value <= range.Last),
    };

    /// <summary>A carriage return alone would let what follows it write over the line.</summary>
    private static bool IsLayout(string text, int index) =>
        text[index] is '\n' or '\t' || (text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n');
}
