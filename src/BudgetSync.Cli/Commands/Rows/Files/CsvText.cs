using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>Lines of CSV: the one writer of them in the tool.</summary>
internal static class CsvText
{
    /// <summary>Cells as they are, each quoted where it must be.</summary>
    public static string Line(IEnumerable<string> cells) => CsvCells.Of(cells);

    /// <summary>A view as CSV: what would steer a terminal is written out, and no spreadsheet takes a text for a formula.</summary>
    public static string Of(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string?>> rows) =>
        Line(columns) + string.Concat(rows.Select(row => Line(row.Select(Harmless))));

    private static string Harmless(string? text) => RowCells.Harmless(new RowValue.Text(""), Printable.Line(text ?? ""));
}
