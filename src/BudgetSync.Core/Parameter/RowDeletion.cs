using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Parameter;

/// <summary>
/// A row that covered the account was deleted with OnDelete DELETE or RETAIN, and that was done. Holds until a row as near as that one, or nearer, exists
/// again.
/// </summary>
/// <param name="Scope">The key of the row that went.</param>
/// <param name="Kind">DELETE or RETAIN; REVERT leaves no mark, because it is what inheritance does anyway.</param>
public sealed record RowDeletion(string Scope, OnDelete Kind);
