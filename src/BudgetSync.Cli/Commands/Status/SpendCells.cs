using System.Globalization;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reports;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>
/// The money of an account in a few cells: of several budgets that one of which most is used. Where the screen is narrow the last of them goes first.
/// </summary>
internal static class SpendCells
{
    public static readonly (TextColumn Column, Func<CoverageLine, string> Cell)[] All =
    [
        (new("SPENT", Right: true, Goes: 2), line => Fullest(line) is { ActualSpend: { } spent } budget ? Number.Money(spent, budget.Unit) : ""),
        (new("%", Right: true, Goes: 3), line => Percent(line) is { } used ? Text($"{used:#,0}") : ""),
        (new("PACE", Right: true, Goes: 4), line => Pace(line) is { } pace ? Text($"{pace:0.00}×") : ""),
        (new("RUNS OUT", Goes: 5), line => Standing(line)?.ExhaustedOn is { } day ? DayText.Format(day) : ""),
    ];

    public static decimal? Spent(CoverageLine line) => Fullest(line)?.ActualSpend;

    public static decimal? Percent(CoverageLine line) => Fullest(line) is { } budget ? Used(budget) : null;

    public static decimal? Pace(CoverageLine line) => Standing(line)?.Pace;

    /// <summary>The budget that the cells are of; null where none was looked at with amounts.</summary>
    public static ReportedBudget? Fullest(CoverageLine line) =>
        line.Status?.Budgets.Where(budget => !budget.Missing && budget.ActualSpend is not null).MaxBy(budget => Used(budget) ?? -1);

    private static BudgetSync.Core.Spend.Assessment.SpendStanding? Standing(CoverageLine line) =>
        Fullest(line) is { } budget ? line.Status?.Spend.FirstOrDefault(standing => standing.BudgetName == budget.Name) : null;

    /// <summary>Percent of the limit; null where that is beyond all sense, as of a limit of a cent.</summary>
    public static decimal? Used(ReportedBudget budget) =>
        budget is { Limit: > 0 and var limit, ActualSpend: { } spent } && spent <= limit * 10_000 ? spent / limit * 100 : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
