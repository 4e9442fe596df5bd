using System.Collections.Immutable;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Rows that have more or fewer cells than the first line. Excel leaves out the separators of empty cells at the end of a row, for all of a block of 16 rows
/// (Microsoft Support, "Column delimiters are missing in an Excel spreadsheet that is saved as text"), so what a row has not is empty; but not where the file
/// ends within the row, since it may be cut off in the middle of an amount, nor where a comma may be one of a number.
/// </summary>
internal static class CellCounts
{
    /// <summary>What is wrong, and the way out; null where every cell has its heading.</summary>
    /// <param name="record">Without the empty cells that stand beyond the last heading.</param>
    public static string? Problem(CsvRecord record, ImmutableArray<string> header)
    {
        var cells = record.Cells;
        var (separator, list) = record.Delimiter switch
        {
            ';' => ("semicolon", "80; 100"),
            '\t' => ("tab", "80\t100"),
            _ => ("comma", "80, 100"),
        };
        var counted = $"the row has {cells.Count} cells and the first line names {header.Length} attributes";
        if (cells.Count > header.Length)
            return $"{counted}; put quotes around a cell that holds a {separator}" + (record.Delimiter == '\t' ? "" : $", for example \"{list}\"");
        if (cells.Count == header.Length) return null;
        if (record.IsOpen) return $"{counted}; is something cut off? The last line needs its line end, or a {separator} for each empty cell";
        for (var column = 1; column < cells.Count; column++)
        {
            if (record.Delimiter == ',' && header[column - 1] != "AccountId" && IsDigits(cells[column - 1]) && IsDigits(cells[column]))
                return $"{counted}, and {cells[column - 1]},{cells[column]} may be one number; write it without its comma, and a comma for each empty cell "
                    + "too";
        }

        return null;
    }

    private static bool IsDigits(string cell) =>
        cell.Length > 0 && char.IsAsciiDigit(cell[0]) && cell.All(letter => char.IsAsciiDigit(letter) || letter == '.');
}
