using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Terminal;

/// <summary>
/// A command, or a file's name, within a text, to be copied from the screen: a line break in it would run half of it, so it is kept together by signs of our
/// own until <see cref="CellText.Fold"/> has found the lines.
/// </summary>
internal static partial class PastedCommand
{
    /// <summary>Stands for a blank. Source: The Unicode Standard, 23.7 "Noncharacters": for a program's own use, never a letter of a text.</summary>
    private const char Join = '\uFDD0';

    /// <summary>What it begins with. As above.</summary>
    private const string Begin = "\uFDD1";

    /// <summary>The command as one word, which stands alone on its line where the rest of the line before it has no room; it is broken nowhere.</summary>
    public static string Mark(string command) => Begin + command.Replace(' ', Join);

    /// <summary>As it is shown.</summary>
    public static string Unmark(string text) => text.Replace(Join, ' ').Replace(Begin, "", StringComparison.Ordinal);

    public static bool IsMarked(string word) => word.Contains(Begin, StringComparison.Ordinal);

    /// <summary>
    /// Keeps together the commands that a sentence quotes: <c>'budgetsync rows get 111122223333'</c>, <c>'aws sns subscribe …'</c>. One that no line can hold
    /// has a line of its own.
    /// </summary>
    public static string MarkQuoted(string text) => Quoted().Replace(text, match => Mark(match.Value));

    [GeneratedRegex("'(budgetsync|aws) [^']*'")]
    private static partial Regex Quoted();
}
