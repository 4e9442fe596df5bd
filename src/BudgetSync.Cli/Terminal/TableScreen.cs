namespace BudgetSync.Cli.Terminal;

/// <summary>A table of columns as a result, and what did not fit as talk.</summary>
internal static class TableScreen
{
    /// <param name="indent">Blanks that each line begins with.</param>
    public static void Write(ConsoleContext terminal, IReadOnlyList<TextColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, int indent = 0)
    {
        var (lines, leftOut) = ColumnTable.Of(
            columns,
            rows,
            terminal.Columns - indent,
            terminal.LineLength == int.MaxValue ? int.MaxValue : terminal.LineLength - indent);
        foreach (var line in lines) terminal.Out.WriteLine(new string(' ', indent) + line);
        if (leftOut.Count > 0) terminal.TellFolded($"Not shown at this width: {string.Join(", ", leftOut)}; --csv and --json have everything.", indent: 2);
    }
}
