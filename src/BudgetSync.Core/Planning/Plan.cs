
namespace BudgetSync.Core.Planning;

/// <summary>The writes that make a spoke's budgets what they should be, in the order to make them. An empty plan makes no call.</summary>
/// <param name="Changes">In order; each one leaves AWS's caps respected and an alert in place where the budget has one before and after.</param>
/// <param name="Withheld">
/// Changes that are due and not made now, because AWS is executing an action that they change, delete or depend on. A later plan has them among its changes.
/// </param>
/// <param name="Clashes">Desired budgets whose name a budget bears that BudgetSync did not create.</param>
/// <param name="Waiting">What AWS does not let us change now, and why; a later apply will. The outcome is then Pending.</param>
/// <param name="Adopted">Budgets that this plan takes over, and what they were.</param>
public sealed record Plan(
    EquatableArray<Change> Changes,
    EquatableArray<Change> Withheld,
    EquatableArray<string> Clashes,
    EquatableArray<string> Waiting,
    EquatableArray<string> Adopted)
{
    /// <summary>When AWS was asked what is there; null where it is not known.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What the clashes are and how to adopt the budget, a line each. The outcome of the apply is then Rejected, after the changes are made.</summary>
    public EquatableArray<string> Refusals => [.. Clashes.Select(Planner.Clash)];

    /// <summary>True when there is no call to make. Refusals and waiting are still to be reported.</summary>
    public bool IsEmpty => Changes.IsEmpty;
}
