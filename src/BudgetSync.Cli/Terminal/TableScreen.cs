namespace BudgetSync.Cli.Terminal;

/// <summary>A table of columns as a result, and what did not fit as talk.</summary>
internal static class TableScreen
{
    /// <param name="indent">Blanks that each line begins with.</param>
    /// <param name="whole">What has the columns that do not fit.</param>
    /// <param name="inLine">Where each row is a line, columns but the last are as wide as their longest cell, so that they stand in line.</param>
    public static void Write(
        ConsoleContext terminal,
        IReadOnlyList<TextColumn> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        int indent = 0,
        string whole = "--csv and --json have",
        bool inLine = false)
    {
        if (inLine && terminal.LineLength == int.MaxValue)
            columns = [.. columns.SkipLast(1).Select(column => new TextColumn(column.Heading, column.Right)), columns[^1] with { Goes = 0 }];
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
