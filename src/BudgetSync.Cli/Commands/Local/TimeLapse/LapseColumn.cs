using Spectre.Console;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>One column of a table of what is played.</summary>
/// <param name="IsNumber">Stands to the right.</param>
/// <param name="IsColoured">By how much of the limit is spent.</param>
internal sealed record LapseColumn<TRow>(string Title, Func<TRow, string> Cell, bool IsNumber = false, bool IsColoured = false);

/// <summary>Tables of what is played, with as many columns as fit.</summary>
internal static class LapseColumn
{
    private const int BarWidth = 20;

    /// <summary>What the border and the padding put between two columns.</summary>
    private const int Gap = 2;

    /// <summary>And before the first one.</summary>
    private const int Edge = 1;

    /// <param name="firstToGo">Titles of what goes first where a screen is too narrow.</param>
    public static IReadOnlyList<LapseColumn<TRow>> Fitting<TRow>(
        IEnumerable<LapseColumn<TRow>> all, IEnumerable<string> firstToGo, IReadOnlyList<TRow> rows, int width)
    {
        var columns = all.ToList();
        foreach (var title in firstToGo)
        {
            if (Edge + columns.Sum(column => WidthOf(column, rows) + Gap) <= width) break;
            columns.RemoveAll(column => column.Title == title);
        }

        return columns;
    }

    public static Table Table<TRow>(IReadOnlyList<LapseColumn<TRow>> columns, IEnumerable<TRow> rows, Func<TRow, decimal?> percent)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var column in columns)
        {
            var shape = new TableColumn(column.Title) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(column.IsNumber ? shape.RightAligned() : shape);
        }

        foreach (var row in rows) table.AddRow(columns.Select(column => new Text(column.Cell(row), column.IsColoured ? Colour(percent(row)) : Style.Plain)));
        return table;
    }

    /// <summary>Full at the limit; what is above it is told by the last sign.</summary>
    public static string Bar(decimal? percent)
    {
        if (percent is not { } known) return "";
        var filled = (int)Math.Clamp(known * BarWidth / 100, 0, BarWidth);
        return known > 100 ? new string('█', BarWidth - 1) + "▶" : new string('█', filled) + new string('·', BarWidth - filled);
    }

    private static int WidthOf<TRow>(LapseColumn<TRow> column, IReadOnlyList<TRow> rows) =>
        rows.Select(row => column.Cell(row).GetCellWidth()).Prepend(column.Title.Length).Max();

    private static Style Colour(decimal? percent) => percent switch
    {
        null => Style.Plain,
        > 100 => new Style(Color.Red),
        > 80 => new Style(Color.Yellow),
        _ => new Style(Color.Green),
    };
}
