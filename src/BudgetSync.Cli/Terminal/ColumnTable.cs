namespace BudgetSync.Cli.Terminal;

/// <summary>
/// Lines of plain columns that fit the screen: first the widest cells that may be cut are, then columns go in the order they say, and which went is told.
/// What may not be cut (ids, amounts) is whole or not there; what wraps goes on below itself.
/// </summary>
internal static class ColumnTable
{
    private const string Between = "  ";

    /// <param name="width">Columns of the screen.</param>
    /// <param name="lineLength">How long a line may be where cells wrap: more than the screen's where there is none, so that each row is a line.</param>
    /// <returns>The lines, and the headings of columns that did not fit.</returns>
    public static (IReadOnlyList<string> Lines, IReadOnlyList<string> LeftOut) Of(
        IReadOnlyList<TextColumn> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        int width,
        int? lineLength = null)
    {
        var safe = rows.Select(row => row.Select(cell => PastedCommand.Unmark(Printable.Line(cell))).ToList()).ToList();
        var shown = Enumerable.Range(0, columns.Count).ToList();
        var full = shown.ToDictionary(
            column => column,
            column => safe.Select(row => CellText.Width(row[column])).Prepend(CellText.Width(columns[column].Heading)).Max());
        var least = shown.ToDictionary(
            column => column,
            column => columns[column].Shortest > 0 ? Math.Min(full[column], columns[column].Shortest) : full[column]);
        foreach (var last in shown.Where(column => columns[column].Goes > 0).OrderByDescending(column => columns[column].Goes).ToList())
        {
            if (Total(shown, least) > width) shown.Remove(last);
        }

        var widths = Shrink(columns, shown, full, least, width);
        // Where each row is a line, a long cell is whole, and moves what stands behind it in its own line only.
        var folds = shown.ToDictionary(
            column => column, column => lineLength == int.MaxValue && columns[column].MostLines > 1 ? full[column] : widths[column]);
        var lines = safe.Prepend([.. columns.Select(column => column.Heading)]).SelectMany(row => Lines(columns, shown, widths, folds, row));
        return ([.. lines], [.. Enumerable.Range(0, columns.Count).Except(shown).Select(column => columns[column].Heading)]);
    }

    private static int Total(List<int> shown, Dictionary<int, int> widths) => shown.Sum(column => widths[column]) + (Between.Length * (shown.Count - 1));

    /// <summary>What wraps gives way first: it loses nothing by it.</summary>
    private static Dictionary<int, int> Shrink(
        IReadOnlyList<TextColumn> columns,
        List<int> shown,
        Dictionary<int, int> full,
        Dictionary<int, int> least,
        int width)
    {
        var widths = shown.ToDictionary(column => column, column => full[column]);
        foreach (var wraps in new[] { true, false })
        {
            while (Total(shown, widths) > width)
            {
                var longest = shown.Where(column => widths[column] > least[column] && columns[column].MostLines > 1 == wraps)
                    .OrderByDescending(column => widths[column])
                    .ToList();
                if (longest.Count == 0) break;
                widths[longest[0]]--;
            }
        }

        return widths;
    }

    private static IEnumerable<string> Lines(
        IReadOnlyList<TextColumn> columns,
        List<int> shown,
        Dictionary<int, int> widths,
        Dictionary<int, int> folds,
        List<string> row)
    {
        var folded = shown.ToDictionary(column => column, column => Cell(columns[column], row[column], folds[column]));
        for (var line = 0; line < folded.Values.Max(cell => cell.Count); line++)
        {
            var number = line;
            var cells = shown.Select(
                column => CellText.Pad(folded[column].ElementAtOrDefault(number) ?? "", widths[column], columns[column].Right));
            yield return string.Join(Between, cells).TrimEnd();
        }
    }

    private static IReadOnlyList<string> Cell(TextColumn column, string text, int width)
    {
        if (column.MostLines <= 1) return [CellText.Cut(text, width)];
        var lines = CellText.Fold(text, width);
        return lines.Count <= column.MostLines
            ? lines
            : [.. lines.Take(column.MostLines - 1), CellText.Cut(string.Join(' ', lines.Skip(column.MostLines - 1)), width)];
    }
}
