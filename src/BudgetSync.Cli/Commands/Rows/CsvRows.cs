using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// Rows as a spreadsheet saves them. A cell has no type, so: empty is absent; <c>{…}</c> and <c>[…]</c> are JSON (a map, a list);
/// <c>true</c> and <c>false</c> are BOOL; a plain number is N, except in AccountId; anything else is S.
/// </summary>
internal static partial class CsvRows
{
    public static IReadOnlyList<RowEntry> Read(string path, string text)
    {
        var records = new CsvReader(path, text.TrimStart('\uFEFF'));
        if (records.Read() is not { Cells: var header })
            throw new CommandException($"{path}: is empty; its first line should name attributes, for example AccountId,BudgetValue");
        CheckHeader(path, header);
        var rows = new List<RowEntry>();
        while (records.Read() is { } record) rows.Add(ReadRow(header, record));
        return rows;
    }

    private static void CheckHeader(string path, IReadOnlyList<string> header)
    {
        if (!header.Contains("AccountId", StringComparer.Ordinal))
        {
            var meant = header.FirstOrDefault(name => string.Concat(name.Where(char.IsLetter)).Equals("AccountId", StringComparison.OrdinalIgnoreCase));
            throw new CommandException(
                $"{path}: line 1: no column is named AccountId (there are: {string.Join(", ", header)}); "
                    + (meant is null ? "the first line names attributes, for example AccountId,BudgetValue" : $"write AccountId for \"{meant}\""));
        }

        var twice = header.Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToList();
        if (twice.Count > 0)
            throw new CommandException($"{path}: line 1: column {string.Join(", ", twice)} stands there more than once; keep one");
    }

    private static RowEntry ReadRow(IReadOnlyList<string> header, CsvRecord record)
    {
        var problems = new List<string>();
        var cells = record.Cells;
        if (cells.Count > header.Count)
            problems.Add(
                $"the row has {cells.Count} cells and the first line names {header.Count} attributes; put quotes around a cell that holds a comma, for "
                    + $"example \"80, 100\"");
        // A file that was cut off ends in the middle of a cell, and half an amount is an amount.
        if (cells.Count < header.Count)
            problems.Add(
                $"the row has {cells.Count} cells and the first line names {header.Count} attributes; is something cut off? An "
                    + "empty cell needs its comma too");
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        for (var column = 0; column < Math.Min(header.Count, cells.Count); column++)
        {
            if (cells[column].Length == 0) continue;
            if (header[column].Length == 0)
                problems.Add($"\"{cells[column]}\" stands in column {column + 1}, which has no name in the first line; name the column or empty the cell");
            else
                attributes[header[column]] = ReadCell(header[column], cells[column], problems);
        }

        return new RowEntry(new RowImage(attributes.ToImmutable()), string.Create(CultureInfo.InvariantCulture, $"line {record.Line}"), problems);
    }

    private static RowValue ReadCell(string name, string cell, List<string> problems)
    {
        if (name == "AccountId")
        {
            var (key, problem) = AccountKey.Read(cell);
            if (problem is not null) problems.Add(problem);
            return new RowValue.Text(key);
        }

        if (cell[0] is '{' or '[') return JsonText.ReadCell(name, cell, problems);
        if (cell is "true" or "TRUE" or "True") return new RowValue.Bool(true);
        if (cell is "false" or "FALSE" or "False") return new RowValue.Bool(false);
        return PlainNumber().IsMatch(cell) ? new RowValue.Number(cell) : new RowValue.Text(cell);
    }

    // Within DynamoDB's 38 digits; anything wilder travels as text, so that the rules of the row can name it.
    [GeneratedRegex(@"\A-?[0-9]{1,20}(\.[0-9]{1,17})?\z")]
    private static partial Regex PlainNumber();
}
