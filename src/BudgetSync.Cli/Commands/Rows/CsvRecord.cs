namespace BudgetSync.Cli.Commands.Rows;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells);
