using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Parameter;

/// <summary>What the rows that bear on one account come to.</summary>
public abstract record Resolution
{
    private Resolution()
    {
    }

    /// <summary>The budgets the account should have.</summary>
    /// <param name="Parameter">How they travel.</param>
    public sealed record Desired(DesiredBudgets Budgets, DesiredParameter Parameter) : Resolution
    {
        /// <summary>
        /// What the rows say about models; null where they say nothing. Not in <see cref="Parameter"/>: it travels only to a spoke that meters models.
        /// </summary>
        public AiPolicy? Ai { get; init; }
    }

    /// <summary>
    /// The rows are wrong. Every problem, each naming the thing, the value, the rule and the way out; they may quote e-mail addresses, so they are shown, never
    /// logged.
    /// </summary>
    public sealed record Rejected(EquatableArray<string> Reasons) : Resolution;

    /// <summary><c>Enabled</c> is false: the account is left exactly as it is.</summary>
    public sealed record Disabled : Resolution;

    /// <summary>No row applies to the account.</summary>
    public sealed record Uncovered : Resolution;
}
