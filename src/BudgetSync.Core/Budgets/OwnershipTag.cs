namespace BudgetSync.Core.Budgets;

/// <summary>
/// The tag that makes a budget ours. A budget without it is never changed or deleted. One that was adopted bears a second tag, by which it is given back
/// and not deleted where no row asks for it any more: we delete only what we made.
/// </summary>
public static class OwnershipTag
{
    public const string Key = "budgetsync:managed-by";

    public const string Value = "BudgetSync";

    public const string AdoptedKey = "budgetsync:adopted";

    public const string AdoptedValue = "true";
}
