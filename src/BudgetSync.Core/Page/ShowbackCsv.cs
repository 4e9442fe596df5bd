using System.Globalization;
using BudgetSync.Core.Spend;

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
        Number(line.Limit, CurrencyDecimals.Of(line.Currency)),
        Number(line.Spent, CurrencyDecimals.Of(line.Currency)),
        Number(line.Percent, 1),
        Number(line.Variance, CurrencyDecimals.Of(line.Currency)),
        line.IsWholeAccount ? "" : line.Highest.ToString(),
        line.DaysOver?.ToString(CultureInfo.InvariantCulture) ?? "",
        line.Final ? "true" : "false",
    ]);

    private static string Number(decimal? number, int decimals) => number?.ToString($"F{decimals}", CultureInfo.InvariantCulture) ?? "";
}
