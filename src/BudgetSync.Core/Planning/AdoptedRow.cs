using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Planning;

/// <summary>The row by which budgets that BudgetSync did not create are taken over as they are, and all that rows say already stays as it is.</summary>
/// <param name="Row">
/// The account's row with those budgets beside what it says already, each with <c>Adopt: true</c>; null where no such row would leave everything else as it is.
/// </param>
/// <param name="Unsaid">
/// What AWS has and the row does not say, or may not, or why there is none; empty where importing the row changes no amount, filter or alert.
/// </param>
public sealed record AdoptedRow(RowImage? Row, EquatableArray<string> Unsaid)
{
    /// <summary>The budgets as a row would desire them: what to ask for when their alerts and actions are to be read.</summary>
    public static DesiredBudgets DesiredOf(ActualBudgets actual) =>
        new([.. actual.Budgets.OrderBy(budget => budget.Settings.Name, StringComparer.Ordinal).Select(budget => OfBudget(budget, actual.ReadAt))]);

    /// <param name="actual">Read whole, alerts and actions included.</param>
    /// <param name="nearestFirst">The rows that bear on the account, its own first where it has one.</param>
    /// <exception cref="InvalidOperationException">There is no budget to adopt.</exception>
    public static AdoptedRow Of(AccountId account, ActualBudgets actual, ImmutableArray<RowImage> nearestFirst, StackDefaults defaults)
    {
        if (actual.Budgets.All(budget => budget.Managed)) throw new InvalidOperationException($"{account} has no budget but ours, so there is none to adopt.");
        return new BudgetsBesideRow(account, actual, nearestFirst, defaults).Adopt();
    }

    private static DesiredBudget OfBudget(ActualBudget budget, DateTimeOffset? readAt)
    {
        var settings = budget.Settings;
        return new DesiredBudget(
            settings with
            {
                // What AWS fills in where a row gives none: the start of the period it began in, and the end of time.
                PeriodStart = settings.PeriodStart <= readAt && settings.TimeUnit != TimeUnit.CUSTOM ? null : settings.PeriodStart,
                PeriodEnd = settings.PeriodEnd == AwsLimits.PeriodEnd ? null : settings.PeriodEnd,
            },
            [.. budget.Notifications.OrderBy(notification => notification.Key)],
            [.. budget.Actions.Select(action => action.Action)])
        {
            Adopt = !budget.Managed || budget.Adopted,
            ResourceTags = budget.Tags.IsEmpty ? (EquatableDictionary<string, string>?)null : budget.Tags,
        };
    }
}
