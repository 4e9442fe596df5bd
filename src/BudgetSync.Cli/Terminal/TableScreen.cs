namespace BudgetSync.Cli.Terminal;

/// <summary>A table of columns as a result, and what did not fit as talk.</summary>
internal static class TableScreen
{
    /// <param name="indent">Blanks that each line begins with.</param>
    /// <param name="whole">What has the columns that do not fit.</param>
    public static void Write(
        ConsoleContext terminal,
        IReadOnlyList<TextColumn> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        int indent = 0,
        string whole = "--csv and --json have")
    {
        var (lines, leftOut) = ColumnTable.Of(
            columns,
            rows,
            terminal.Columns - indent,
            terminal.LineLength == int.MaxValue ? int.MaxValue : terminal.LineLength - indent);
        foreach (var line in lines) terminal.Whole.WriteLine(new string(' ', indent) + line);
        TellLeftOut(terminal, leftOut, whole);
    }

    /// <summary>What did not fit, for a table that is printed in a way of its own.</summary>
    public static void TellLeftOut(ConsoleContext terminal, IReadOnlyCollection<string> leftOut, string whole = "--csv and --json have")
    {
        if (leftOut.Count > 0) terminal.TellFolded($"Not shown at this width: {string.Join(", ", leftOut)}; {whole} everything.", indent: 2);
    }
}
