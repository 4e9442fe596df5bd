using System.Text.Json;
using BudgetSync.Core;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// Rows that a quote, opened in one line and closed in a later one, makes part of a cell. What is refused by mistake is read again once the cell is written in
/// one line; what is taken by mistake is an account without its budget.
/// </summary>
internal static class SwallowedRows
{
    private static readonly char[] AroundKeys = [' ', '\t', '"', '\'', '='];

    /// <param name="written">The cell as it stands in the file, between its quotes: several lines.</param>
    /// <param name="cell">What it says.</param>
    /// <param name="columns">How many cells the header has.</param>
    /// <returns>How many lines after the cell's first one the first line stands that looks like a row; null where none does.</returns>
    public static int? Find(string written, string cell, char delimiter, int columns)
    {
        var lines = written.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        for (var index = 0; index < lines.Length; index++)
        {
            var cells = lines[index].Split(delimiter);
            // The first line is the rest of a row that is read, so only a scope in it tells of a second one.
            var whole = index > 0 && columns > 1 && cells.Length == columns;
            if (whole || cells.Any(IsScope)) return IsJson(cell) ? null : index;
        }

        return null;
    }

    private static bool IsScope(string cell)
    {
        var (key, problem) = AccountKey.Read(cell.Trim(AroundKeys));
        return problem is not null || Scope.TryParse(key) is not null;
    }

    /// <summary>JSON, such as a list of linked accounts, may well have an id in a line of its own, and can hold no row: its texts end in their line.</summary>
    private static bool IsJson(string cell)
    {
        if (!cell.StartsWith('[') && !cell.StartsWith('{')) return false;
        try
        {
            using var document = JsonDocument.Parse(cell);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
