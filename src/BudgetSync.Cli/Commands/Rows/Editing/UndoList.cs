using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// The edits that can be undone, the newest first: where each was made, what was typed, what it did and whether it was taken back. Lines and no table: the
/// command and what it did are what an edit is known by, and are longer than a column of a screen.
/// </summary>
internal static class UndoList
{
    /// <param name="wanted">Which of them: all, or those of the stack that was named.</param>
    public static int Write(ConsoleContext terminal, Func<UndoHeader, bool> wanted)
    {
        // One file that was cut off must not hide the others.
        var files = UndoFolder.All(terminal.Environment, problem => terminal.TellFolded(problem, indent: 2));
        var folder = UndoFolder.Of(terminal.Environment);
        if (files.Count == 0)
        {
            terminal.TellFolded($"No edit that can be undone was made on this machine ({folder} has none).", indent: 2);
            return ExitCode.Done;
        }

        var shown = files.Where(file => wanted(file.Header)).ToList();
        if (shown.Count == 0)
        {
            terminal.TellFolded(
                $"None of the {Number.Count(files.Count, "edit")} made on this machine is of that stack; 'rows undo --list' has all.",
                indent: 2);
            return ExitCode.Done;
        }

        foreach (var file in shown)
        {
            foreach (var line in Lines(file, files, terminal)) terminal.WriteFolded(line, indent: 4);
        }

        if (terminal.LineLength == int.MaxValue) return ExitCode.Done;
        terminal.TellFolded($"'budgetsync rows undo FILE' takes one of them back. They are in {folder}", indent: 2);
        return ExitCode.Done;
    }

    /// <summary>Programs read whole paths and who it was by their ARN; a screen has the file's name, which is enough to name it.</summary>
    private static string[] Lines(UndoFile file, IReadOnlyList<UndoFile> all, ConsoleContext terminal)
    {
        var header = file.Header;
        var screen = terminal.LineLength < int.MaxValue;
        // The last part of an ARN is who it was: a user, or the name of a session.
        var who = screen ? header.ChangedBy[(header.ChangedBy.LastIndexOfAny(['/', ':']) + 1)..] : header.ChangedBy;
        var target = string.IsNullOrEmpty(header.Endpoint) ? "" : $"  at {header.Endpoint}";
        return
        [
            screen ? Path.GetFileName(file.Path) : file.Path,
            $"  {header.ChangedAt}  {header.Table} of {header.Account} in {header.Region}  by {who}{target}",
            $"  {header.Command}{(header.Reason.Length > 0 ? $"  ({header.Reason})" : "")}",
            $"  {EditOutcome.Counts(file, terminal.Environment)}; {State(file, all, terminal.Environment)}",
        ];
    }

    private static string State(UndoFile file, IReadOnlyList<UndoFile> all, IReadOnlyDictionary<string, string> environment)
    {
        var what = file.Header.Origin.Kind == EditKind.Undo && all.FirstOrDefault(other => other.Checksum == file.Header.Origin.Of) is { } of
            ? $"undoes {Path.GetFileName(of.Path)}; "
            : "";
        if (UndoneBy(file, all) is not { } undo) return $"{what}not undone";
        var (undone, written) = (EditOutcome.Of(undo, environment) ?? undo.Header.Rows, EditOutcome.Of(file, environment) ?? file.Header.Rows);
        var part = undone < written ? $"{Number.Of(undone)} of {Number.Count(written, "row")} " : "";
        return $"{what}{part}undone by {Path.GetFileName(undo.Path)}";
    }

    /// <summary>
    /// The undo that holds: one that was itself undone does not. What takes back an interrupted edit takes back what went on with it too, where that was
    /// before.
    /// </summary>
    private static UndoFile? UndoneBy(UndoFile file, IReadOnlyList<UndoFile> all)
    {
        var first = UndoFolder.First(file, all).Checksum;
        return all.FirstOrDefault(other => other.Header.Origin is { Kind: EditKind.Undo, Of: var of }
            && (of == file.Checksum || (of == first && string.CompareOrdinal(other.Header.ChangedAt, file.Header.ChangedAt) >= 0))
            && UndoneBy(other, all) is null);
    }
}
