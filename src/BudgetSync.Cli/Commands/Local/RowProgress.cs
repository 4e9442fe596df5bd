using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>How far one row has come: what the table shows a line of and <c>--json</c> an object of.</summary>
/// <param name="AccountId">The row's key as the file has it, which need not be an account's id.</param>
/// <param name="State">A word of the status table, for example <c>Applied</c>.</param>
/// <param name="Row">The row in short, for people.</param>
/// <param name="Parameter">The revision the spoke's parameter holds, or null before it holds any.</param>
/// <param name="Budgets">What AWS Budgets answers in the spoke, of the budgets that are ours.</param>
/// <param name="Milliseconds">From the row's write to the report of its budget; null until then.</param>
internal sealed record RowProgress(
    string AccountId,
    string State,
    ImmutableArray<string> Reasons,
    string Row,
    string? Parameter,
    ImmutableArray<ActualBudget> Budgets,
    long? Milliseconds);
