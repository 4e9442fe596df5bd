
namespace BudgetSync.Core.Budgets;

/// <summary>One budget a spoke should have: validated, resolved, complete.</summary>
/// <param name="Notifications">Sorted by <see cref="NotificationKey"/>, each key once.</param>
/// <param name="Actions">In the order of the row; each once.</param>
public sealed record DesiredBudget(BudgetSettings Settings, EquatableArray<Notification> Notifications, EquatableArray<BudgetAction> Actions)
{
    /// <summary>True: an existing budget of this name that we did not create is taken over instead of being a clash.</summary>
    public bool Adopt { get; init; }

    /// <summary>True: subscribers that were added by hand stay.</summary>
    public bool KeepExtraSubscribers { get; init; }
}

/// <summary>The validated, resolved set of budgets one spoke should have. Empty means: delete what we manage there.</summary>
/// <param name="Budgets">Sorted by name, ordinal.</param>
public sealed record DesiredBudgets(EquatableArray<DesiredBudget> Budgets)
{
    public static DesiredBudgets None { get; } = new([]);
}
