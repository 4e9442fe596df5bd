using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// The edits that can be undone, the newest first: a table that fits the screen; where there is none, whole paths and all that is known, which programs read.
/// </summary>
internal static class UndoList
{
    private static readonly TextColumn[] Columns =
    [
        new("FILE"),
        new("BY", Goes: 2, Shortest: 8),
        new("STACK", Goes: 3),
        new("BECAUSE", Goes: 1, Shortest: 12),
        new("COMMAND", Shortest: 24, MostLines: 3),
    ];

    public static async Task<int> WriteAsync(ConsoleContext terminal)
    {
        var edits = new List<(string Path, UndoHeader Header)>();
        foreach (var path in UndoFile.All(terminal.Environment))
        {
            try
            {
                edits.Add((path, UndoFile.ReadHeader(path)));
            }
            catch (CommandException unreadable)
            {
                // One file that was cut off must not hide the others.
                terminal.TellFolded(unreadable.Message, indent: 2);
            }
        }

        var folder = UndoFile.FolderOf(terminal.Environment);
        if (edits.Count == 0)
        {
            terminal.TellFolded($"No edit that can be undone was made on this machine ({folder} has none).", indent: 2);
            return ExitCode.Done;
        }

        if (terminal.LineLength == int.MaxValue)
        {
            foreach (var line in edits.SelectMany(edit => Lines(edit.Path, edit.Header))) await terminal.Out.WriteLineAsync(Printable.Line(line));
            return ExitCode.Done;
        }

        var (lines, leftOut) = ColumnTable.Of(Columns, [.. edits.Select(edit => Cells(edit.Path, edit.Header))], terminal.Columns);
        foreach (var line in lines) await terminal.Out.WriteLineAsync(line);
        if (leftOut.Count > 0) terminal.TellFolded($"Not shown at this width: {string.Join(", ", leftOut)}.", indent: 2);
        terminal.TellFolded($"'budgetsync rows undo FILE' takes one of them back. They are in {folder}", indent: 2);
        return ExitCode.Done;
    }

    private static string[] Lines(string path, UndoHeader header) =>
    [
        path,
        $"  {header.ChangedAt}  {header.Table} of {header.Account} in {header.Region}  by {header.ChangedBy}",
        $"  {header.Command}{(header.Reason.Length > 0 ? $"  ({header.Reason})" : "")}",
    ];

    private static string[] Cells(string path, UndoHeader header) =>
    [
        Path.GetFileName(path),
        // The last part of an ARN is who it was: a user, or the name of a session.
        header.ChangedBy[(header.ChangedBy.LastIndexOfAny(['/', ':']) + 1)..],
        $"{header.Account} {header.Region}{(header.Table == Stack.LocalOrganization.BudgetsTable ? "" : $" {header.Table}")}",
        header.Reason,
        header.Command,
    ];
}
