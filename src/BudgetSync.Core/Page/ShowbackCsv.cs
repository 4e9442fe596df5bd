using System.Globalization;

namespace BudgetSync.Core.Page;

/// <summary>The showback as CSV, an account's budget a line, numbers with a decimal point and no separator. No text of it is a formula.</summary>
public static class ShowbackCsv
{
    private static readonly string[] Columns =
        ["Month", "Unit", "AccountId", "AccountName", "Budget", "Of", "Currency", "Limit", "Spent", "Percent", "Variance", "HighestState", "DaysOver", "Final"];

    public static string Of(Showback showback) => CsvCells.Of(Columns) + string.Concat(showback.Lines.Select(line => Line(showback.Month, line)));

    private static string Line(DateOnly month, ShowbackLine line) => CsvCells.Of(
    [
        month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        CsvCells.Harmless(line.Unit),
        line.Account,
        CsvCells.Harmless(line.Name),
        CsvCells.Harmless(line.Budget),
        line.IsWholeAccount ? "account" : "budget",
        CsvCells.Harmless(line.Currency),
        Number(line.Limit, "0.00"),
        Number(line.Spent, "0.00"),
        Number(line.Percent, "0.0"),
        Number(line.Variance, "0.00"),
        line.IsWholeAccount ? "" : line.Highest.ToString(),
        line.DaysOver?.ToString(CultureInfo.InvariantCulture) ?? "",
        line.Final ? "true" : "false",
    ]);

    private static string Number(decimal? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
