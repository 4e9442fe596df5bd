using System.Text;

namespace BudgetSync.Core.Alerts;

/// <summary>Texts that a provider bounds: they are cut where they are too long, and never in the middle of a character or of an escape.</summary>
internal static class Shortened
{
    private const string Ellipsis = "…";

    /// <param name="most">In UTF-16 units, as the providers count.</param>
    public static string Cut(string text, int most, string end = Ellipsis) => Cut(text, most, static rune => rune.ToString(), end);

    /// <param name="escape">What a character becomes on its way; the bound is on what it becomes.</param>
    public static string Cut(string text, int most, Func<Rune, string> escape, string end = Ellipsis)
    {
        var whole = new StringBuilder(text.Length);
        var fits = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(escape(rune));
            if (whole.Length > most) return whole.ToString(0, fits) + (fits + end.Length <= most ? end : "");
            if (whole.Length <= most - end.Length) fits = whole.Length;
        }

        return whole.ToString();
    }

    /// <summary>For a field that takes one line: line ends and tabs are blanks, and nothing hidden is left.</summary>
    public static string Line(string text) => VisibleText.Line(text.Replace("\r\n", " ").Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' '));
}
