using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// Which notifications a budget of a type and time unit takes (UG "Creating a budget"; AWS refuses the others, also where UpdateBudget would leave them on the
/// budget). The sets are nested: what a utilization or coverage budget takes a daily one takes too, and what that takes a longer one does. So of any two
/// settings one takes all that the other does, and an order in which every call is taken always exists.
/// </summary>
internal static class NotificationFit
{
    public static bool Fits(NotificationKey key, BudgetSettings settings) => settings switch
    {
        { Type: not (BudgetType.COST or BudgetType.USAGE) } => key is { Type: NotificationType.ACTUAL, Comparison: ComparisonOperator.LESS_THAN },
        { TimeUnit: TimeUnit.DAILY } => key.Type == NotificationType.ACTUAL,
        _ => true,
    };
}
