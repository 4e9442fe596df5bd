using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Coverage;

/// <summary>A budget whose overspend reaches no person: none of its notifications has a subscriber, and no channel takes the alerts of its account.</summary>
public sealed record UnannouncedBudget(AccountId Account, string Name)
{
    /// <summary>Those of all accounts, in order; rows that are rejected have none, as they are told otherwise.</summary>
    /// <param name="tree"><see cref="OrganizationTree.None"/>: then only accounts that have a row are known.</param>
    /// <param name="rows">All rows, by key.</param>
    /// <param name="alerts">True where the deployment tells alerts: the operations topic then takes what is Critical, unless a row says otherwise.</param>
    public static ImmutableArray<UnannouncedBudget> Of(
        OrganizationTree tree, IReadOnlyDictionary<string, RowImage> rows, StackDefaults defaults, bool alerts)
    {
        var accounts = tree.Accounts.IsEmpty
            ? rows.Keys.Select(Scope.TryParse).OfType<Scope.Account>().Select(account => account.Id)
            : tree.Accounts.Where(account => account.Active).Select(account => account.Id);
        return [.. accounts.OrderBy(account => account.Value, StringComparer.Ordinal).SelectMany(Unannounced)];

        IEnumerable<UnannouncedBudget> Unannounced(AccountId account)
        {
            var nearestFirst = RowPath.Of(account, tree, rows);
            if (alerts && !RowNotify.Of(nearestFirst, defaults).IsEmpty) return [];
            return Resolver.Resolve(account, nearestFirst, defaults) is Resolution.Desired(var budgets, _)
                ? budgets.Budgets.Where(HasNoSubscriber).Select(budget => new UnannouncedBudget(account, budget.Settings.Name))
                : [];
        }
    }

    private static bool HasNoSubscriber(DesiredBudget budget) => budget.Notifications.All(notification => notification.Subscribers.Items.IsEmpty);
}
