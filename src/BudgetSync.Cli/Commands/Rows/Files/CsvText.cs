using System.Buffers;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>Lines of CSV (RFC 4180): the one writer of them.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t\"\r\n");

    /// <summary>Cells as they are, each quoted where it must be.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    /// <summary>A view as CSV: what would steer a terminal is written out, and no spreadsheet takes a text for a formula.</summary>
    public static string Of(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string?>> rows) =>
        Line(columns) + string.Concat(rows.Select(row => Line(row.Select(Harmless))));

    private static string Harmless(string? text) => RowCells.Harmless(new RowValue.Text(""), Printable.Line(text ?? ""));

    // Blanks at the ends are quoted because readers trim them.
    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(Separators) || cell.Trim().Length != cell.Length
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
