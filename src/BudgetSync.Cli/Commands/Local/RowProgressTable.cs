using System.Globalization;
using BudgetSync.Cli.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>The progress of rows as people see them: a line each, and under the table the sum and the reasons of those that ended badly.</summary>
internal static class RowProgressTable
{
    /// <summary>Room for the slowest run, so that the table does not change its shape while it is redrawn.</summary>
    private const int MillisecondsWidth = 6;

    /// <summary>The table's columns. Only thresholds are folded: a row may have ten, and all else fits.</summary>
    private static readonly (string Title, Func<RowProgress, bool, string> Cell)[] Columns =
    [
        ("Account", (progress, _) => Name(progress)),
        ("Row", (progress, _) => progress.Row),
        ("Parameter", (progress, _) => RowProgressCells.Revision(progress)),
        ("Budget", (progress, wide) => RowProgressCells.Lines(progress, budget => RowProgressCells.Budget(budget, wide))),
        ("Thresholds", (progress, _) => RowProgressCells.Lines(progress, RowProgressCells.Thresholds)),
        ("Recipients", (progress, wide) => RowProgressCells.Lines(progress, budget => RowProgressCells.Recipients(budget, wide))),
        ("State", (progress, _) => progress.State),
        ("ms", (progress, _) => progress.Milliseconds?.ToString(CultureInfo.InvariantCulture) ?? ""),
    ];

    /// <summary>What goes first where a screen is too narrow, and is said: what the other columns imply, then what only <c>--json</c> has then.</summary>
    private static readonly string[] FirstToGo = ["Parameter", "ms", "Row", "Recipients", "Thresholds"];

    /// <summary>A column is no narrower than that, so that the table keeps its shape while rows fill it. Thresholds are folded at it.</summary>
    private static readonly Dictionary<string, int> Narrowest = new(StringComparer.Ordinal) { ["Thresholds"] = 14, ["State"] = 9, ["ms"] = MillisecondsWidth };

    /// <summary>What the border puts between two columns.</summary>
    private const int Gap = 2;

    /// <param name="maximumLines">
    /// A live table longer than the screen cannot be redrawn in place, so beyond this it shows those first that ended badly or are under way.
    /// </param>
    /// <param name="width">Columns of the screen.</param>
    public static IRenderable Render(IReadOnlyList<RowProgress> rows, int maximumLines, int width)
    {
        // No lines between columns: twelve accounts then fit a terminal of 120 columns, nearly all on one line each.
        var table = new Table { Border = TableBorder.Horizontal };
        var shown = rows.Count <= maximumLines ? rows : [.. rows.OrderBy(Urgency).Take(maximumLines)];
        var wide = width >= RowProgressCells.WideScreen;
        var columns = Columns.ToList();
        var omitted = new List<string>();
        foreach (var title in FirstToGo.TakeWhile(_ => columns.Sum(column => WidthOf(column, shown, wide) + Gap) > width))
        {
            columns.RemoveAll(column => column.Title == title);
            omitted.Add(title);
        }

        foreach (var column in columns)
        {
            var shape = new TableColumn(column.Title) { NoWrap = column.Title != "Thresholds", Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(column.Title == "ms" ? shape.RightAligned().Width(MillisecondsWidth) : shape);
        }

        foreach (var progress in shown)
            table.AddRow(columns.Select(column => new Text(Cell(column, progress, wide), column.Title == "State" ? Colour(progress) : Style.Plain)));
        var below = new List<IRenderable> { table };
        var hidden = rows.Count - shown.Count;
        if (hidden > 0) below.Add(new Text($"… and {Number.Of(hidden)} more"));
        if (omitted.Count > 0) below.Add(new Text($"Left out for want of room (--json has it): {string.Join(", ", omitted)}"));
        return below.Count == 1 ? table : new Spectre.Console.Rows(below);
    }

    private static string Cell((string Title, Func<RowProgress, bool, string> Cell) column, RowProgress progress, bool wide) =>
        Printable.Text(column.Cell(progress, wide));

    private static int WidthOf((string Title, Func<RowProgress, bool, string> Cell) column, IReadOnlyList<RowProgress> shown, bool wide)
    {
        var narrowest = Math.Max(column.Title.Length, Narrowest.GetValueOrDefault(column.Title));
        if (column.Title == "Thresholds") return narrowest;
        return shown.SelectMany(progress => Cell(column, progress, wide).Split('\n')).Select(line => line.GetCellWidth()).Prepend(narrowest).Max();
    }

    /// <summary>Why, for each row that is not where it should be.</summary>
    public static IReadOnlyList<(string Line, Style Colour)> Reasons(IReadOnlyList<RowProgress> rows) =>
        [.. rows.SelectMany(progress => progress.Reasons.Select(reason => (Printable.Line($"{Name(progress)}: {reason}"), Colour(progress))))];

    /// <summary>How many rows are in which state, in one line.</summary>
    public static string Sum(IReadOnlyList<RowProgress> rows) => Number.Count(rows.Count, "row") + ": " + string.Join(", ", rows
        .GroupBy(progress => progress.State, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{Number.Of(group.Count())} {group.Key}"));

    private static string Name(RowProgress progress) => progress.AccountId.Length == 0 ? "(none)" : Printable.Line(progress.AccountId);

    private static int Urgency(RowProgress progress) => progress.State switch
    {
        "Rejected" or "Failed" or "Blocked" or "Orphan" => 0,
        "Applied" => 2,
        _ => 1,
    };

    private static Style Colour(RowProgress progress) => progress.State switch
    {
        "Applied" => StateStyle.Good,
        "Rejected" or "Failed" => StateStyle.Wrong,
        "Blocked" or "Orphan" => StateStyle.Stuck,
        _ => StateStyle.Moving,
    };
}
