namespace BudgetSync.Core.Budgets;

/// <summary>The tag that makes a budget ours. A budget without it is never changed or deleted.</summary>
public static class OwnershipTag
{
    public const string Key = "budgetsync:managed-by";

    public const string Value = "BudgetSync";
}
