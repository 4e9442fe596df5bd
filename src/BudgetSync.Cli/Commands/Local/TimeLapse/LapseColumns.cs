using System.Globalization;
using BudgetSync.Cli.Terminal;
using Spectre.Console;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>One column of a time lapse's table.</summary>
/// <param name="IsNumber">Stands to the right.</param>
/// <param name="IsColoured">By how much of the limit is spent.</param>
internal sealed record LapseColumn(string Title, Func<LapseRow, string> Cell, bool IsNumber = false, bool IsColoured = false);

/// <summary>The columns of a time lapse's table, as many as fit.</summary>
internal static class LapseColumns
{
    private const int BarWidth = 20;
    private const int LongestName = 24;

    /// <summary>What the border and the padding put between two columns.</summary>
    private const int Gap = 2;

    private static readonly LapseColumn[] All =
    [
        new("Account", row => row.AccountId),
        new("Budget", row => RowProgressCells.Cut(Printable.Line(row.Budget), LongestName)),
        new("Limit", row => Money(row.Limit), IsNumber: true),
        new("Spent", row => Money(row.Spent), IsNumber: true),
        new("%", row => row.Percent is { } percent ? percent.ToString("#,0", CultureInfo.InvariantCulture) : "", IsNumber: true, IsColoured: true),
        new("of the limit", row => Bar(row.Percent), IsColoured: true),
        new("Forecast", row => Money(row.Forecast), IsNumber: true),
        new("State", row => row.State, IsColoured: true),
        new("Alerts", row => row.Alerts == 0 ? "" : Number.Of(row.Alerts), IsNumber: true),
        new("Action", row => row.Actions),
        new("Runs", row => row.Running),
        new("Response", row => row.Response),
    ];

    private static readonly string[] OnlyWhereFilled = ["Action", "Runs", "Response"];

    /// <summary>What goes first where a screen is too narrow: what another column says as well.</summary>
    private static readonly string[] FirstToGo = ["of the limit", "Forecast", "Limit", "Alerts"];

    public static IReadOnlyList<LapseColumn> Fitting(IReadOnlyList<LapseRow> rows, int width)
    {
        var columns = All.Where(column => !OnlyWhereFilled.Contains(column.Title) || rows.Any(row => column.Cell(row).Length > 0)).ToList();
        foreach (var title in FirstToGo)
        {
            if (columns.Sum(column => WidthOf(column, rows) + Gap) <= width) break;
            columns.RemoveAll(column => column.Title == title);
        }

        return columns;
    }

    private static int WidthOf(LapseColumn column, IReadOnlyList<LapseRow> rows) =>
        rows.Select(row => column.Cell(row).GetCellWidth()).Prepend(column.Title.Length).Max();

    /// <summary>Full at the limit; what is above it is told by the last sign.</summary>
    private static string Bar(decimal? percent)
    {
        if (percent is not { } known) return "";
        var filled = (int)Math.Clamp(known * BarWidth / 100, 0, BarWidth);
        return known > 100 ? new string('█', BarWidth - 1) + "▶" : new string('█', filled) + new string('·', BarWidth - filled);
    }

    private static string Money(decimal? amount) => amount?.ToString("#,0.00", CultureInfo.InvariantCulture) ?? "";
}
