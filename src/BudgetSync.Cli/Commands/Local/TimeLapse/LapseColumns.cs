using System.Globalization;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>The columns of a time lapse's table, as many as fit.</summary>
internal static class LapseColumns
{
    private const int LongestName = 24;

    private static readonly LapseColumn<LapseRow>[] All =
    [
        new("Account", row => row.AccountId),
        new("Budget", row => RowProgressCells.Cut(Printable.Line(row.Budget), LongestName)),
        new("Limit", row => Money(row.Limit), IsNumber: true),
        new("Spent", row => Money(row.Spent), IsNumber: true),
        new("%", row => row.Percent is { } percent ? percent.ToString("#,0", CultureInfo.InvariantCulture) : "", IsNumber: true, IsColoured: true),
        new("of the limit", row => LapseColumn.Bar(row.Percent), IsColoured: true),
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

    public static IReadOnlyList<LapseColumn<LapseRow>> Fitting(IReadOnlyList<LapseRow> rows, int width) => LapseColumn.Fitting(
        All.Where(column => !OnlyWhereFilled.Contains(column.Title) || rows.Any(row => column.Cell(row).Length > 0)), FirstToGo, rows, width);

    private static string Money(decimal? amount) => amount?.ToString("#,0.00", CultureInfo.InvariantCulture) ?? "";
}
