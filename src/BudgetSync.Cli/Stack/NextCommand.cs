using System.CommandLine;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Stack;

/// <summary>
/// A command that is printed to be typed next: it begins as this one was started and speaks to the same stack. Without the words that say so, what was tried
/// against <c>budgetsync local</c> would go on against the real organization.
/// </summary>
internal static class NextCommand
{
    /// <param name="words">The command and its arguments, for example <c>plan</c> and a file.</param>
    /// <param name="options">Words that are quoted already, each with a blank before it.</param>
    public static string Of(ConsoleContext terminal, ParseResult parsed, IEnumerable<string> words, string options = "") =>
        PastedCommand.Mark($"{terminal.CommandName}{ShellWord.Append(words)}{options}{StackOptions.WordsOf(parsed)}");

    /// <summary>What becomes of a file of rows that was just written: it is looked at, then imported; a line each.</summary>
    /// <param name="path">The file; standard output, as <c>-</c>, has no name to be typed.</param>
    public static string AfterRows(ConsoleContext terminal, ParseResult parsed, string path)
    {
        var file = PathOf(path);
        return $"Next: {Of(terminal, parsed, ["plan", file])}\nthen: {Of(terminal, parsed, ["rows", "import", file])}";
    }

    /// <summary>A file as it can be named from any folder.</summary>
    public static string PathOf(string? path) => path is null or "-" ? "FILE" : Printable.Line(Path.GetFullPath(path));
}
