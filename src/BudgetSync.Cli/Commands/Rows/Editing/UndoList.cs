using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// The edits that can be undone, the newest first, with what each did and whether it was taken back: a table that fits the screen; where there is none, whole
/// paths and all that is known, which programs read.
/// </summary>
internal static class UndoList
{
    private static readonly TextColumn[] Columns =
    [
        new("FILE"),
        new("BY", Goes: 2, Shortest: 8),
        new("STACK", Goes: 3),
        new("BECAUSE", Goes: 1, Shortest: 12),
        new("COMMAND", Shortest: 20, MostLines: 3),
        new("DID", Shortest: 16, MostLines: 3),
    ];

    public static int Write(ConsoleContext terminal)
    {
        // One file that was cut off must not hide the others.
        var files = UndoFolder.All(terminal.Environment, problem => terminal.TellFolded(problem, indent: 2));
        var folder = UndoFolder.Of(terminal.Environment);
        if (files.Count == 0)
        {
            terminal.TellFolded($"No edit that can be undone was made on this machine ({folder} has none).", indent: 2);
            return ExitCode.Done;
        }

        if (terminal.LineLength == int.MaxValue)
        {
            foreach (var line in files.SelectMany(file => Lines(file, files))) terminal.Out.WriteLine(Printable.Line(line));
            return ExitCode.Done;
        }

        var (lines, leftOut) = ColumnTable.Of(Columns, [.. files.Select(file => Cells(file, files))], terminal.Columns);
        foreach (var line in lines) terminal.Out.WriteLine(line);
        if (leftOut.Count > 0) terminal.TellFolded($"Not shown at this width: {string.Join(", ", leftOut)}.", indent: 2);
        terminal.TellFolded($"'budgetsync rows undo FILE' takes one of them back. They are in {folder}", indent: 2);
        return ExitCode.Done;
    }

    /// <summary>For example <c>3 rows: 1 added, 2 changed</c>.</summary>
    public static string Counts(UndoHeader header)
    {
        (int Count, string Word)[] counts = [(header.Added, "added"), (header.Changed, "changed"), (header.Removed, "removed")];
        return $"{Number.Count(header.Rows, "row")}: "
            + string.Join(", ", counts.Where(entry => entry.Count > 0).Select(entry => $"{Number.Of(entry.Count)} {entry.Word}"));
    }

    private static string[] Lines(UndoFile file, IReadOnlyList<UndoFile> all)
    {
        var header = file.Header;
        return
        [
            file.Path,
            $"  {header.ChangedAt}  {header.Table} of {header.Account} in {header.Region}  by {header.ChangedBy}",
            $"  {header.Command}{(header.Reason.Length > 0 ? $"  ({header.Reason})" : "")}",
            $"  {Counts(header)}; {State(file, all)}",
        ];
    }

    private static string[] Cells(UndoFile file, IReadOnlyList<UndoFile> all)
    {
        var header = file.Header;
        return
        [
            Path.GetFileName(file.Path),
            // The last part of an ARN is who it was: a user, or the name of a session.
            header.ChangedBy[(header.ChangedBy.LastIndexOfAny(['/', ':']) + 1)..],
            $"{header.Account} {header.Region}{(header.Table == Stack.LocalOrganization.BudgetsTable ? "" : $" {header.Table}")}",
            header.Reason,
            header.Command,
            $"{Counts(header)}; {State(file, all)}",
        ];
    }

    private static string State(UndoFile file, IReadOnlyList<UndoFile> all)
    {
        var what = file.Header.Origin.Kind == EditKind.Undo && all.FirstOrDefault(other => other.Checksum == file.Header.Origin.Of) is { } of
            ? $"undoes {Path.GetFileName(of.Path)}; "
            : "";
        if (UndoneBy(file, all) is not { } undo) return $"{what}not undone";
        var part = undo.Header.Rows < file.Header.Rows ? $"{Number.Of(undo.Header.Rows)} of {Number.Count(file.Header.Rows, "row")} " : "";
        return $"{what}{part}undone by {Path.GetFileName(undo.Path)}";
    }

    /// <summary>The undo that holds: one that was itself undone does not.</summary>
    private static UndoFile? UndoneBy(UndoFile file, IReadOnlyList<UndoFile> all) => all.FirstOrDefault(other =>
        other.Header.Origin is { Kind: EditKind.Undo, Of: var of } && of == file.Checksum && UndoneBy(other, all) is null);
}
