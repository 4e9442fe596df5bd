namespace BudgetSync.LocalAws.Budgets;

/// <summary>How AWS Budgets behaves beyond its fixed rules.</summary>
public sealed record BudgetsOptions
{
    /// <summary>CreateBudget is refused with AccessDeniedException in accounts that joined the organization more recently; zero refuses nobody. AWS: about a day.</summary>
    public TimeSpan MinimumAccountAge { get; init; }

    /// <summary>Budgets per account; beyond it ServiceQuotaExceededException.</summary>
    public int MaximumBudgetsPerAccount { get; init; } = 20_000;

    /// <summary>True: UpdateBudget refuses another BudgetType or TimeUnit, as AWS may (its documentation does not say).</summary>
    public bool RefuseChangeOfTypeOrUnit { get; init; }

    /// <summary>How long a budget action executes, during which it is locked.</summary>
    public TimeSpan ActionDuration { get; init; }
}
