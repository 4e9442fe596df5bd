using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BudgetSync.Core.Rows;
using CsvHelper;
using CsvHelper.Configuration;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// Rows as a spreadsheet saves them. A cell has no type, so: empty is absent; <c>{…}</c> and <c>[…]</c> are JSON (a map, a list);
/// <c>true</c> and <c>false</c> are BOOL; a plain number is N, except in AccountId; anything else is S.
/// </summary>
internal static partial class CsvRows
{
    public static IReadOnlyList<RowEntry> Read(string path, string text)
    {
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            // A spreadsheet of some locales saves semicolons; the header line tells.
            Delimiter = HeaderUsesSemicolons(text) ? ";" : ",",
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = true,
        });
        if (!parser.Read() || parser.Record is not { } header)
            throw new CommandException($"{path}: is empty; its first line should name attributes, for example AccountId,BudgetValue");
        header = [.. header.Select(name => name.TrimStart('\uFEFF').Trim())];
        if (!header.Contains("AccountId", StringComparer.Ordinal))
            throw new CommandException(
                $"{path}: line 1: no column is named AccountId (there are: {string.Join(", ", header)}); the first line names attributes, for example "
                    + $"AccountId,BudgetValue");
        var twice = header.Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToList();
        if (twice.Count > 0)
            throw new CommandException($"{path}: line 1: column {string.Join(", ", twice)} stands there more than once; keep one");

        var rows = new List<RowEntry>();
        while (parser.Read())
        {
            if (parser.Record is { } cells && cells.Any(cell => cell.Length > 0))
                rows.Add(ReadRow(header, cells, string.Create(CultureInfo.InvariantCulture, $"line {parser.RawRow}")));
        }

        return rows;
    }

    private static RowEntry ReadRow(string[] header, string[] cells, string position)
    {
        var problems = new List<string>();
        if (cells.Length > header.Length)
            problems.Add(
                $"the row has {cells.Length} cells and the first line names {header.Length} attributes; put quotes around a cell that holds a comma, for "
                    + $"example \"80, 100\"");
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        for (var column = 0; column < Math.Min(header.Length, cells.Length); column++)
        {
            if (cells[column].Length == 0) continue;
            if (header[column].Length == 0)
                problems.Add($"\"{cells[column]}\" stands in column {column + 1}, which has no name in the first line; name the column or empty the cell");
            else
                attributes[header[column]] = ReadCell(header[column], cells[column], problems);
        }

        return new RowEntry(new RowImage(attributes.ToImmutable()), position, problems);
    }

    private static RowValue ReadCell(string name, string cell, List<string> problems)
    {
        if (name == "AccountId") return new RowValue.Text(cell);
        if (cell[0] is '{' or '[')
        {
            try
            {
                using var document = JsonDocument.Parse(cell);
                return RowJson.Read(document.RootElement);
            }
            catch (JsonException exception)
            {
                problems.Add($"{name}: the cell begins like JSON but is not: {exception.Message}");
                return new RowValue.Text(cell);
            }
        }

        if (cell is "true" or "TRUE" or "True") return new RowValue.Bool(true);
        if (cell is "false" or "FALSE" or "False") return new RowValue.Bool(false);
        return PlainNumber().IsMatch(cell) ? new RowValue.Number(cell) : new RowValue.Text(cell);
    }

    private static bool HeaderUsesSemicolons(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var header = end < 0 ? text : text[..end];
        return header.Contains(';', StringComparison.Ordinal) && !header.Contains(',', StringComparison.Ordinal);
    }

    // Within DynamoDB's 38 digits; anything wilder travels as text, so that the rules of the row can name it.
    [GeneratedRegex(@"\A-?[0-9]{1,20}(\.[0-9]{1,17})?\z")]
    private static partial Regex PlainNumber();
}
