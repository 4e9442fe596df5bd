namespace BudgetSync.LocalAws.Budgets;

/// <summary>The budgets of one account.</summary>
internal sealed class AccountBudgets
{
    public Lock Gate { get; } = new();

    /// <summary>By name, in ordinal order. Guarded by <see cref="Gate"/>.</summary>
    public SortedDictionary<string, StoredBudget> Budgets { get; } = new(StringComparer.Ordinal);

    /// <summary>True: what an action does fails. Guarded by <see cref="Gate"/>.</summary>
    public bool ActionsFail { get; set; }

    /// <summary>Deletes what has ended, as AWS does after a budget's end date.</summary>
    public void DeleteEnded(DateTimeOffset now)
    {
        foreach (var name in Budgets.Where(budget => budget.Value.Terms.End <= now).Select(budget => budget.Key).ToList()) Budgets.Remove(name);
    }

    public StoredBudget Require(string name) =>
        Budgets.GetValueOrDefault(name) ?? throw BudgetErrors.NotFound($"Unable to get budget: {name} - the budget doesn't exist.");

    public StoredNotification Require(string name, Notification notification) =>
        Require(name).Notifications.GetValueOrDefault(notification.Key)
            ?? throw BudgetErrors.NotFound($"Unable to get notification: {notification} of budget {name} - the notification doesn't exist.");
}
