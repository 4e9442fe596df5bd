using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>What those are told whose file has rows that <c>rows fix</c> puts right.</summary>
internal static class FixHint
{
    /// <summary>Says so, with the command; nothing where it would put no row right.</summary>
    /// <param name="path">The file as it was named; what came from standard input is there no more.</param>
    /// <param name="wrong">The rows that have problems.</param>
    public static void Tell(ConsoleContext terminal, string path, IEnumerable<RowEntry> wrong)
    {
        var mended = wrong.Count(row => !RowCorrection.Of(row.Image).Corrections.IsEmpty);
        if (mended == 0 || path == "-") return;
        var command = PastedCommand.Mark(
            $"{terminal.CommandName}{ShellWord.Append(["rows", "fix", Printable.Line(path), $"corrected{Path.GetExtension(path)}"])}");
        terminal.TellFolded($"What is wrong in {Number.Count(mended, "row")} of them the tool can put right: {command}");
    }
}
