namespace BudgetSync.Aws.AccountBudgets;

/// <summary>The tag that makes a budget ours. A budget without it is never changed or deleted.</summary>
public static class Ownership
{
    public const string TagKey = "budgetsync:managed-by";
    public const string TagValue = "BudgetSync";
}
