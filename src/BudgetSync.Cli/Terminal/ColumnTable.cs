namespace BudgetSync.Cli.Terminal;

/// <summary>
/// One column: its heading, whether its numbers stand to the right, and how soon it goes where the screen is narrow (the highest first; 0 never).
/// </summary>
/// <param name="Shortest">Down to so many letters its cells may be cut; 0: never.</param>
internal sealed record TextColumn(string Heading, bool Right = false, int Goes = 0, int Shortest = 0);

/// <summary>
/// Lines of plain columns that fit the screen: first the widest cells that may be cut are, then columns go in the order they say, and which went is told. What
/// may not be cut (ids, amounts) is whole or not there.
/// </summary>
internal static class ColumnTable
{
    private const string Between = "  ";

    /// <returns>The lines, and the headings of columns that did not fit.</returns>
    public static (IReadOnlyList<string> Lines, IReadOnlyList<string> LeftOut) Of(
        IReadOnlyList<TextColumn> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        int width)
    {
        var safe = rows.Select(row => row.Select(Printable.Line).ToList()).ToList();
        var shown = Enumerable.Range(0, columns.Count).ToList();
        var full = shown.ToDictionary(
            column => column,
            column => safe.Select(row => row[column].Length).Prepend(columns[column].Heading.Length).Max());
        var least = shown.ToDictionary(
            column => column,
            column => columns[column].Shortest > 0 ? Math.Min(full[column], columns[column].Shortest) : full[column]);
        foreach (var last in shown.Where(column => columns[column].Goes > 0).OrderByDescending(column => columns[column].Goes).ToList())
        {
            if (Total(shown, least) > width) shown.Remove(last);
        }

        var widths = Shrink(shown, full, least, width);
        var lines = safe.Select(row => Line(columns, shown, widths, row)).Prepend(Line(columns, shown, widths, [.. columns.Select(column => column.Heading)]));
        return ([.. lines], [.. Enumerable.Range(0, columns.Count).Except(shown).Select(column => columns[column].Heading)]);
    }

    private static int Total(List<int> shown, Dictionary<int, int> widths) => shown.Sum(column => widths[column]) + (Between.Length * (shown.Count - 1));

    private static Dictionary<int, int> Shrink(List<int> shown, Dictionary<int, int> full, Dictionary<int, int> least, int width)
    {
        var widths = shown.ToDictionary(column => column, column => full[column]);
        while (Total(shown, widths) > width)
        {
            var longest = shown.Where(column => widths[column] > least[column]).OrderByDescending(column => widths[column]).ToList();
            if (longest.Count == 0) break;
            widths[longest[0]]--;
        }

        return widths;
    }

    private static string Line(IReadOnlyList<TextColumn> columns, List<int> shown, Dictionary<int, int> widths, List<string> cells) =>
        string.Join(Between, shown.Select(column => Cell(cells[column], widths[column], columns[column].Right))).TrimEnd();

    private static string Cell(string text, int width, bool right)
    {
        var cut = text.Length <= width ? text : text[..(width - 1)] + "…";
        return right ? cut.PadLeft(width) : cut.PadRight(width);
    }
}
