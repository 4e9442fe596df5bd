using BudgetSync.Core.Budgets;
using Model = Amazon.Budgets.Model;

namespace BudgetSync.Aws.AccountBudgets;

/// <content>What a look reads: amounts and alarms, in two calls however many budgets there are.</content>
public sealed partial class BudgetsReader
{
    /// <summary>
    /// The budgets of the desired ones' names that AWS has, with their notifications' states. Neither tags, subscribers nor actions are read, which would be
    /// calls for each budget.
    /// </summary>
    /// <exception cref="Faults.AwsFaultException">Budgets failed.</exception>
    public async Task<ActualBudgets> ReadSpendsAsync(DesiredBudgets desired, CancellationToken cancellation)
    {
        var readAt = caller.Now;
        var wanted = desired.Budgets.Select(budget => budget.Settings.Name).ToHashSet(StringComparer.Ordinal);
        var found = (await DescribeAsync(cancellation)).Where(budget => wanted.Contains(budget.BudgetName)).ToList();
        var notifications = found.Count > 0 ? await NotificationsAsync(cancellation) : [];
        return new ActualBudgets([.. found.Select(Seen)]) { ReadAt = readAt };

        ActualBudget Seen(Model.Budget budget) => FromAws.Budget(budget, [], [], managed: false) with
        {
            Thresholds = FromAws.Thresholds(notifications.GetValueOrDefault(budget.BudgetName) ?? []),
        };
    }
}
