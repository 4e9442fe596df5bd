using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// What an edit makes AWS forget. AWS knows a budget by its name: under another name it is deleted and made anew, and with it go its history and the spend that
/// AWS had calculated. Source: AWS Budgets API reference, UpdateBudget ("You can change every part of a budget except for the budgetName and the
/// calculatedSpend").
/// </summary>
/// <param name="Descriptions">For people, a line for each kind of loss.</param>
/// <param name="Accounts">In which accounts a budget surely starts over.</param>
internal sealed record Renewal(ImmutableArray<string> Descriptions, ImmutableHashSet<AccountId> Accounts)
{
    private static readonly Renewal None = new([], []);

    /// <param name="then">All rows as they stand after the edit.</param>
    public static Renewal Of(RowChange change, StackRows rows, IReadOnlyDictionary<string, RowImage> then)
    {
        // Another key's rows, and other attributes, give no budget another name; to look at each account of 10,000 rows would be slow.
        if (change.Kind is not (RowChangeKind.Added or RowChangeKind.Changed) || !change.Attributes.Any(attribute => Names(attribute.Name))) return None;
        var isAccount = Scope.TryParse(change.Key) is Scope.Account;
        var found = rows.CoveredBy(change.Key).SelectMany(account => Losses(account, rows, then).Select(loss => (account, loss))).ToList();
        var words = found.GroupBy(entry => entry.loss.Description, entry => entry.account, StringComparer.Ordinal)
            .Select(group => isAccount ? group.Key : $"in {Number.Count(group.Count(), "account")} {group.Key}");
        return new Renewal([.. words], [.. found.Where(entry => entry.loss.IsSure).Select(entry => entry.account)]);
    }

    private static bool Names(string attribute) => attribute is "BudgetName" or "Budgets" or "TimeUnit" or "BudgetType";

    private static IEnumerable<(string Description, bool IsSure)> Losses(AccountId account, StackRows rows, IReadOnlyDictionary<string, RowImage> then)
    {
        if (rows.Resolve(account, rows.ByKey) is not Resolution.Desired { Budgets.Budgets: var before }
            || rows.Resolve(account, then) is not Resolution.Desired { Budgets.Budgets: var after })
            yield break;
        var notAsked = before.Where(budget => after.All(other => other.Settings.Name != budget.Settings.Name)).ToLookup(budget => budget.Adopt);
        var gone = notAsked[false].ToList();
        // Which of the two it is the tag at AWS says, and no row.
        if (notAsked[true].Any())
            yield return ($"{Named(notAsked[true])} is given back as it is where it was adopted, and deleted where BudgetSync made it", false);
        var fresh = after.Where(budget => before.All(other => other.Settings.Name != budget.Settings.Name)).ToList();
        if (gone.Count > 0 && fresh.Count > 0)
            yield return ($"{Named(gone)} at AWS is deleted and {Named(fresh)} is made new: history and calculated spend start over", true);
        else if (gone.Count > 0)
            yield return ($"{Named(gone)} at AWS is deleted, and its history with it", true);
        foreach (var (was, now) in before.Join(after, budget => budget.Settings.Name, budget => budget.Settings.Name, (was, now) => (was, now)))
        {
            if (was.Settings.TimeUnit != now.Settings.TimeUnit || was.Settings.Type != now.Settings.Type)
                yield return (
                    $"{Named([now])} becomes {now.Settings.TimeUnit} {now.Settings.Type} (it was {was.Settings.TimeUnit} {was.Settings.Type}); where AWS "
                        + "does not change that in place, it is deleted and made new: history and calculated spend start over",
                    false);
        }
    }

    private static string Named(IEnumerable<DesiredBudget> budgets) =>
        $"the budget {string.Join(" and ", budgets.Select(budget => $"\"{budget.Settings.Name}\""))}";
}
