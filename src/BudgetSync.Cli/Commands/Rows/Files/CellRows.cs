using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Rows from a table of cells, of a CSV file or a spreadsheet. A cell has no type, so: empty is absent; <c>{…}</c> and <c>[…]</c> are JSON (a map, a list);
/// <c>true</c> and <c>false</c> are BOOL; a plain number is N; anything else is S. Attributes that are text, and the user's own, take every cell as text, so
/// that 00420 keeps its zeros, and those that are true or false take <c>yes</c>, <c>no</c>, <c>1</c> and <c>0</c> too, which mean nothing else there.
/// </summary>
internal sealed partial class CellRows
{
    private static readonly HashSet<string> Texts =
        new(StringComparer.Ordinal) { "BudgetName", "Unit", "TimeUnit", "BudgetType", "OnDelete", "SnsTopicArn", "ChangedBy", "ChangedAt", "Reason" };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "Enabled", "Adopt", "KeepExtraSubscribers" };

    private readonly string unit;
    private readonly ImmutableArray<string> header;
    private readonly ShownUnits units;

    /// <param name="unit">What positions are counted in: <c>line</c>, <c>row</c>.</param>
    /// <param name="header">The record that names the columns.</param>
    /// <exception cref="CommandException">It names no account, or one attribute twice.</exception>
    public CellRows(string path, string unit, CsvRecord header, HeadingCertainty headings)
    {
        this.unit = unit;
        var place = Position(header.Line);
        header = header with { Cells = WithoutEmptyEnd(header.Cells, 0) };
        var sure = header.Cells.Select(AttributeNames.Meant).ToList();
        this.header = [.. header.Cells.Select((name, column) => sure[column] ?? Guess(name, headings, sure) ?? RowCells.Bare(name))];
        units = new ShownUnits($"{path}: {place}", header.Cells, this.header);
        Notices = Renamed(header.Cells) is { Count: > 0 } renamed ? [$"{path}: {place}: {string.Join(", ", renamed)}."] : [];
        if (!this.header.Contains("AccountId"))
            throw new CommandException(
                $"{path}: {place}: no column is named AccountId (there are: {string.Join(", ", header.Cells)}); the first line names attributes, for example "
                    + "AccountId,BudgetValue"
                    + (headings == HeadingCertainty.Sure && header.Cells.Select(name => Guess(name, HeadingCertainty.Guessed, sure)).Contains("AccountId")
                        ? "; 'rows fix' takes the likely one for it"
                        : ""));
        var twice = this.header.Select((name, column) => (name, column))
            .Where(entry => entry.name.Length > 0)
            .GroupBy(entry => entry.name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}{Headings(group.Select(entry => header.Cells[entry.column]), group.Key)}")
            .ToList();
        if (twice.Count > 0) throw new CommandException($"{path}: {place}: column {string.Join(", ", twice)} stands there more than once; keep one");
    }

    /// <summary>Headings that were read as another name.</summary>
    public IReadOnlyList<string> Notices { get; }

    public RowEntry Read(CsvRecord record)
    {
        var problems = new List<string>();
        // Cells beyond the last heading that hold nothing say nothing.
        record = record with { Cells = WithoutEmptyEnd(record.Cells, header.Length) };
        var cells = record.Cells;
        if (CellCounts.Problem(record, header) is { } counted) problems.Add(counted);
        problems.AddRange(units.Problems(record));
        var damaged = problems.Count > 0;
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        for (var column = 0; column < Math.Min(header.Length, cells.Count); column++)
        {
            var (name, cell) = (header[column], cells[column]);
            if (cell.Length == 0) continue;
            if (XlsxReader.Problem(name, cell) is { } unsafely)
            {
                problems.Add(unsafely);
                damaged = true;
            }
            else if (name.Length == 0)
            {
                problems.Add($"\"{cell}\" stands in column {column + 1}, which has no name in the first line; name the column or empty the cell");
                damaged = true;
            }
            else
            {
                attributes[name] = ReadCell(name, cell, problems);
            }
        }

        return new RowEntry(new RowImage(attributes.ToImmutable()), Position(record.Line), problems) { Columns = header, IsDamaged = damaged };
    }

    /// <summary>A value as one cell says it.</summary>
    public static RowValue ReadCell(string name, string cell, List<string> problems)
    {
        if (name == "AccountId")
        {
            var (key, problem) = AccountKey.Read(cell);
            if (problem is not null) problems.Add(problem);
            return new RowValue.Text(key);
        }

        if (RowCells.Bare(cell) is var bare && bare.Length != cell.Length) return new RowValue.Text(bare);
        if (cell == "null" && name == "SnsTopicArn") return new RowValue.Null();
        if (Texts.Contains(name) || RowEquivalence.IsUsersOwn(name)) return new RowValue.Text(cell);
        if (cell[0] is '{' or '[') return JsonInput.ReadCell(name, cell, problems);
        // 'rows fix' makes it the user's own, or the attribute that it is near to.
        if (!AttributeNames.All.Contains(name)) return new RowValue.Text(cell);
        if (cell is "true" or "TRUE" or "True") return new RowValue.Bool(true);
        if (cell is "false" or "FALSE" or "False") return new RowValue.Bool(false);
        if (Flags.Contains(name) && Flag(cell) is { } flag) return new RowValue.Bool(flag);
        // As text the rules of the row see how it was written: 1.500 is another number to every second reader.
        if (name == "BudgetValue" && RowCells.IsAmbiguous(cell)) return new RowValue.Text(cell);
        return PlainNumber().IsMatch(cell) ? new RowValue.Number(cell) : new RowValue.Text(cell);
    }

    private static IReadOnlyList<string> WithoutEmptyEnd(IReadOnlyList<string> cells, int least)
    {
        var count = cells.Count;
        while (count > least && cells[count - 1].Length == 0) count--;
        return count == cells.Count ? cells : [.. cells.Take(count)];
    }

    private static bool? Flag(string cell) => cell.ToUpperInvariant() switch
    {
        "YES" or "1" => true,
        "NO" or "0" => false,
        _ => null,
    };

    /// <summary>What a heading likely means, where no other column surely does.</summary>
    private static string? Guess(string name, HeadingCertainty headings, List<string?> sure) =>
        headings == HeadingCertainty.Guessed && name.Length > 0 && AttributeNames.Suggested(name) is { } guess && !sure.Contains(guess) ? guess : null;

    private List<string> Renamed(IReadOnlyList<string> cells) =>
        [.. cells.Zip(header, (name, header) => (name, header)).Where(entry => entry.name != entry.header && entry.name.Length > 0)
            .Select(entry => $"\"{entry.name}\" is read as {entry.header}")];

    private static string Headings(IEnumerable<string> cells, string name) =>
        cells.All(cell => cell == name) ? "" : $" ({string.Join(", ", cells.Select(cell => $"\"{cell}\""))})";

    private string Position(int number) => string.Create(CultureInfo.InvariantCulture, $"{unit} {number}");

    // Within DynamoDB's 38 digits; anything wilder travels as text, so that the rules of the row can name it.
    [GeneratedRegex(@"\A-?[0-9]{1,20}(\.[0-9]{1,17})?\z")]
    private static partial Regex PlainNumber();
}
