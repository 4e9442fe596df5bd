namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>The rows of a file, and what a person should hear of how they were read: nothing is understood in silence.</summary>
internal sealed record RowsRead(IReadOnlyList<RowEntry> Rows, IReadOnlyList<string> Notices);
