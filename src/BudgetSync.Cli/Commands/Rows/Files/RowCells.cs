using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>Rows as a table of cells, for CSV and spreadsheets: an attribute a column, an empty cell where a row has none.</summary>
internal static class RowCells
{
    /// <summary>Attribute names in the one order, <c>AccountId</c> first.</summary>
    public static IReadOnlyList<string> Columns(IEnumerable<RowImage> rows) =>
        [.. RowOrder.Sort(rows.SelectMany(row => row.Attributes).Where(attribute => attribute.Value is not RowValue.Binary)
            .Select(attribute => attribute.Key).Prepend("AccountId"))];

    /// <summary>A value as the readers of cells take it back.</summary>
    public static string Text(string name, RowValue value) => value switch
    {
        // Read as text, so every digit counts.
        _ when RowEquivalence.IsUsersOwn(name) => RowValueText.Plain(value),
        // Three digits after a point may be thousands, so the readers refuse them; a fourth says that they are none.
        RowValue.Number(var number) => IsAmbiguous(number) ? number + "0" : number,
        RowValue.Null => "null",
        _ => RowValueText.Plain(value),
    };

    /// <summary>The whole cell of CSV, but for its quotes; "" of a binary value.</summary>
    public static string Cell(string name, RowValue value) => value is RowValue.Binary ? "" : Harmless(value, Text(name, value));

    /// <summary>
    /// The text so that no spreadsheet calculates it: an apostrophe is how spreadsheets mark text, and the reader takes it off again. Numbers are what they
    /// look like.
    /// </summary>
    public static string Harmless(RowValue value, string text) =>
        value is RowValue.Number || !(CsvCells.IsFormula(text) || (text is ['\'', ..] && IsGuarded(text))) ? text : $"'{text}";

    /// <summary>The way back of <see cref="Harmless"/>.</summary>
    public static string Bare(string cell) => IsGuarded(cell) ? cell[1..] : cell;

    private static bool IsGuarded(string text) => text is ['\'', .. var rest] && (CsvCells.IsFormula(rest) || IsGuarded(rest));

    /// <summary>True of 1.500, which is another number to every second reader.</summary>
    public static bool IsAmbiguous(string number) =>
        number.IndexOf('.', StringComparison.Ordinal) is >= 1 and <= 3 and var point && number.Length == point + 4 && number[0] is not ('0' or '-');
}
