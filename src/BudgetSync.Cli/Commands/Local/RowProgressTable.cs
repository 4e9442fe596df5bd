using System.Globalization;
using BudgetSync.Cli.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>The journeys as people see them: a line each, and under the table the sum and the reasons of those that ended badly.</summary>
internal static class RowProgressTable
{
    /// <summary>Narrower screens do without the parameter's revision, which the other columns imply.</summary>
    private const int WidthForParameter = 100;

    /// <summary>Room for the slowest run, so that the table does not change its shape while it is redrawn.</summary>
    private const int MillisecondsWidth = 6;

    /// <summary>The table's columns. Only thresholds are folded: a row may have ten, and all else fits.</summary>
    private static readonly (string Title, Func<RowProgress, bool, string> Cell)[] Columns =
    [
        ("Account", (journey, _) => Name(journey)),
        ("Row", (journey, _) => journey.Row),
        ("Parameter", (journey, _) => RowProgressCells.Revision(journey)),
        ("Budget", (journey, wide) => RowProgressCells.Lines(journey, budget => RowProgressCells.Budget(budget, wide))),
        ("Thresholds", (journey, _) => RowProgressCells.Lines(journey, RowProgressCells.Thresholds)),
        ("Recipients", (journey, wide) => RowProgressCells.Lines(journey, budget => RowProgressCells.Recipients(budget, wide))),
        ("State", (journey, _) => journey.State),
        ("ms", (journey, _) => journey.Milliseconds?.ToString(CultureInfo.InvariantCulture) ?? ""),
    ];

    /// <param name="maximumLines">
    /// A live table longer than the screen cannot be redrawn in place, so beyond this it shows those first that ended badly or are under way.
    /// </param>
    /// <param name="width">Columns of the screen.</param>
    public static IRenderable Render(IReadOnlyList<RowProgress> journeys, int maximumLines, int width)
    {
        // No lines between columns: twelve accounts then fit a terminal of 120 columns, nearly all on one line each.
        var table = new Table { Border = TableBorder.Horizontal };
        var columns = Columns.Where(column => column.Title != "Parameter" || width >= WidthForParameter).ToList();
        foreach (var column in columns)
        {
            var shape = new TableColumn(column.Title) { NoWrap = column.Title != "Thresholds", Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(column.Title == "ms" ? shape.RightAligned().Width(MillisecondsWidth) : shape);
        }

        var shown = journeys.Count <= maximumLines ? journeys : [.. journeys.OrderBy(Urgency).Take(maximumLines)];
        foreach (var journey in shown)
            table.AddRow(
                columns.Select(
                    column => new Text(
                        Printable.Text(column.Cell(journey, width >= RowProgressCells.WideScreen)),
                        column.Title == "State" ? Colour(journey) : Style.Plain)));
        var hidden = journeys.Count - shown.Count;
        return hidden == 0 ? table : new Spectre.Console.Rows([table, new Text($"… and {hidden} more")]);
    }

    /// <summary>Why, for each row that is not where it should be.</summary>
    public static IReadOnlyList<(string Line, Style Colour)> Reasons(IReadOnlyList<RowProgress> journeys) =>
        [.. journeys.SelectMany(journey => journey.Reasons.Select(reason => (Printable.Line($"{Name(journey)}: {reason}"), Colour(journey))))];

    /// <summary>How many rows are in which state, in one line.</summary>
    public static string Sum(IReadOnlyList<RowProgress> journeys) => Number.Count(journeys.Count, "row") + ": " + string.Join(", ", journeys
        .GroupBy(journey => journey.State, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{Number.Of(group.Count())} {group.Key}"));

    private static string Name(RowProgress journey) => journey.AccountId.Length == 0 ? "(none)" : Printable.Line(journey.AccountId);

    private static int Urgency(RowProgress journey) => journey.State switch
    {
        "Rejected" or "Failed" or "Blocked" => 0,
        "Applied" => 2,
        _ => 1,
    };

    private static Style Colour(RowProgress journey) => journey.State switch
    {
        "Applied" => new Style(Color.Green),
        "Rejected" or "Failed" => new Style(Color.Red),
        "Blocked" => new Style(Color.Yellow),
        _ => new Style(Color.Blue),
    };
}
