using System.Globalization;
using Spectre.Console;

namespace BudgetSync.Cli.Terminal;

/// <summary>Text by the columns it takes on a screen: a letter of Chinese takes two, a letter that joins the one before it none.</summary>
internal static class CellText
{
    public static int Width(string text) => text.GetCellWidth();

    /// <summary>A text no wider than that, with a sign where something was left out.</summary>
    public static string Cut(string text, int width) => Width(text) <= width ? text : Head(text, width - 1) + "…";

    /// <summary>The text with blanks behind or before it, so wide.</summary>
    public static string Pad(string text, int width, bool right = false)
    {
        var blanks = new string(' ', Math.Max(0, width - Width(text)));
        return right ? blanks + text : text + blanks;
    }

    /// <summary>
    /// The text in lines no wider than that, broken between words; only a word wider than a line is broken itself, and a <see cref="PastedCommand"/> never.
    /// </summary>
    /// <param name="width"><see cref="int.MaxValue"/>: one line.</param>
    /// <param name="indent">How many blanks lines but the first begin with.</param>
    public static IReadOnlyList<string> Fold(string text, int width, int indent = 0)
    {
        var shown = PastedCommand.Unmark(text);
        if (width == int.MaxValue || Width(shown) <= width) return [shown];
        var hanging = Math.Min(indent, width / 2);
        var lines = new List<string>();
        var rest = PastedCommand.MarkQuoted(text);
        while (Width(rest) > width)
        {
            var head = Head(rest, width);
            // Blanks that a line begins with are its indent, and no place to break it.
            var start = rest.Length - rest.TrimStart(' ').Length;
            var blank = rest[head.Length] == ' ' ? head.Length : head.LastIndexOf(' ');
            if (blank > start && StandsBelow(WordAt(rest, blank + 1), width - hanging)) head = head[..blank];
            else if (WordAt(rest, start) is var word && PastedCommand.IsMarked(word)) head = rest[..(start + word.Length)];
            lines.Add(head.TrimEnd(' '));
            var left = rest[head.Length..].TrimStart(' ');
            rest = left.Length == 0 ? "" : new string(' ', hanging) + left;
        }

        if (rest.Trim(' ').Length > 0) lines.Add(rest);
        return [.. lines.Select(PastedCommand.Unmark)];
    }

    /// <summary>A word that no line can hold is broken where it stands: a line of its own would not keep it whole either. A command is kept whole.</summary>
    private static bool StandsBelow(string word, int width) => PastedCommand.IsMarked(word) || Width(word) <= width;

    private static string WordAt(string text, int start)
    {
        var end = text.IndexOf(' ', start);
        return text[start..(end < 0 ? text.Length : end)];
    }

    /// <summary>The first letters that fit; at least one, so that who breaks a text comes to its end.</summary>
    private static string Head(string text, int width)
    {
        var (length, taken) = (0, 0);
        while (length < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text, length);
            taken += Width(text.Substring(length, next));
            if (taken > width && length > 0) break;
            length += next;
        }

        return text[..length];
    }
}
