namespace BudgetSync.Core.Budgets;

/// <summary>One budget as AWS Budgets answered it.</summary>
/// <param name="Managed">True when it bears our ownership tag. A budget without it is never changed or deleted.</param>
public sealed record ActualBudget(
    BudgetSettings Settings,
    EquatableArray<Notification> Notifications,
    EquatableArray<ActualAction> Actions,
    bool Managed)
{
    /// <summary>True where it is ours by adoption: somebody else made it.</summary>
    public bool Adopted { get; init; }

    /// <summary>Its tags without our own and without those of AWS (<c>aws:…</c>), which cannot be changed.</summary>
    public EquatableDictionary<string, string> Tags { get; init; }

    /// <summary>What AWS has computed; null until it has.</summary>
    public SpendAmount? ActualSpend { get; init; }

    /// <summary>What AWS forecasts; null until there are about five weeks of history.</summary>
    public SpendAmount? ForecastedSpend { get; init; }

    /// <summary>For a budget that AWS adjusts or that follows a plan: the limit in force now. Else the fixed limit.</summary>
    public SpendAmount? CurrentLimit { get; init; }

    /// <summary>
    /// Why AWS does not compute the budget (BM budgets HealthStatus): AWS's word, for example <c>FILTER_INVALID</c>, or <c>UNHEALTHY</c> where it gives no
    /// reason; null where the budget is healthy. Nothing is wrong with the settings then, so it is no difference.
    /// </summary>
    public string? HealthProblem { get; init; }

    /// <summary>Since when AWS has said so (HealthStatus.LastUpdatedTime); null where it does not tell, or the budget is healthy.</summary>
    public DateTimeOffset? HealthSince { get; init; }

    /// <summary>When its settings were last written, by whomever (LastUpdatedTime). UpdateBudget makes AWS forget what it computed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Which of its notifications are in ALARM; null where they were not read.</summary>
    public EquatableArray<ThresholdState>? Thresholds { get; init; }
}

/// <summary>A budget action with the id AWS gave it.</summary>
/// <param name="Locked">True while AWS executes it: it can be neither changed nor deleted then.</param>
public sealed record ActualAction(string Id, BudgetAction Action, bool Locked);

/// <summary>
/// What AWS Budgets answered of one account. Foreign budgets (not managed) are listed by name and settings only where a name clash needs them;
/// their notifications and actions are not read.
/// </summary>
public sealed record ActualBudgets(EquatableArray<ActualBudget> Budgets)
{
    /// <summary>When AWS was asked; null where it is not known.</summary>
    public DateTimeOffset? ReadAt { get; init; }
}
