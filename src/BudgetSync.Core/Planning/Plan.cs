
namespace BudgetSync.Core.Planning;

/// <summary>The writes that make a spoke's budgets what they should be, in the order to make them. An empty plan makes no call.</summary>
/// <param name="Changes">In order; each one leaves AWS's caps respected and an alert in place where the budget has one before and after.</param>
/// <param name="Refusals">
/// Desired budgets whose name a budget of somebody else's bears, and how to adopt it. The outcome of the apply is then Rejected, after the changes are made.
/// </param>
/// <param name="Waiting">What AWS does not let us change now, and why; a later apply will. The outcome is then Pending.</param>
/// <param name="Adopted">Budgets of somebody else's that this plan takes over, and what they were.</param>
public sealed record Plan(EquatableArray<Change> Changes, EquatableArray<string> Refusals, EquatableArray<string> Waiting, EquatableArray<string> Adopted)
{
    /// <summary>True when there is no call to make. Refusals and waiting are still to be reported.</summary>
    public bool IsEmpty => Changes.IsEmpty;
}
