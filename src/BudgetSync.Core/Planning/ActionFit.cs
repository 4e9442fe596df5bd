using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// Which budgets have actions: those of cost and usage (UG "Configuring a budget action") that are not daily ("AWS Budgets Actions don't support daily
/// granularity budget for now"). Nested in the sets of <see cref="NotificationFit"/>, so that an order in which every call is taken exists here too.
/// </summary>
internal static class ActionFit
{
    public static bool Fits(BudgetSettings settings) => settings is { Type: BudgetType.COST or BudgetType.USAGE, TimeUnit: not TimeUnit.DAILY };
}
