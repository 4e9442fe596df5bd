using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Page;

/// <summary>What a month cost below an OU, or in the whole organization: for whoever is to see or to be charged what his accounts cost.</summary>
/// <param name="Scope">The OU's id, or <see cref="Everything"/>.</param>
/// <param name="Unit">Its name.</param>
/// <param name="Month">Its first day.</param>
/// <param name="At">When it was made.</param>
/// <param name="Lines">In order of OU, account and budget.</param>
public sealed record Showback(string Scope, string Unit, DateOnly Month, DateTimeOffset At, EquatableArray<ShowbackLine> Lines)
{
    /// <summary>Of all accounts, those that no OU has among them.</summary>
    public const string Everything = "all";

    private const string Separator = "/";

    /// <summary>One of each OU that has accounts in it or below it, and one of everything.</summary>
    /// <param name="histories">By account; those that no longer stand in the tree are in the one of everything.</param>
    public static ImmutableArray<Showback> Of(
        OrganizationTree tree, IReadOnlyDictionary<string, ImmutableArray<HistoryItem>> histories, DateOnly month, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var lines = histories.SelectMany(history => LinesOf(tree, history.Key, history.Value, month, today)).ToList();
        var units = from line in lines
                    from unit in UnitsOf(tree, line.Account)
                    group line by unit.Key into unit
                    orderby unit.Key
                    select Make(unit.Key, Core.Scope.TryParse(unit.Key) is { } scope ? tree.NameOf(scope) : "", unit);
        return [Make(Everything, "", lines), .. units];

        Showback Make(string scope, string name, IEnumerable<ShowbackLine> below) => new(
            scope,
            name,
            month,
            now,
            [
                .. below.OrderBy(line => line.Unit, StringComparer.Ordinal)
                    .ThenBy(line => line.Account, StringComparer.Ordinal)
                    .ThenBy(line => line.Budget, StringComparer.Ordinal),
            ]);
    }

    private static IEnumerable<Scope> UnitsOf(OrganizationTree tree, string account) =>
        AccountId.TryParse(account, out var id) ? tree.PathOf(id).Where(scope => scope is Core.Scope.OrganizationalUnit) : [];

    private static IEnumerable<ShowbackLine> LinesOf(
        OrganizationTree tree, string account, IEnumerable<HistoryItem> items, DateOnly month, DateOnly today)
    {
        var period = BudgetPeriod.Of(TimeUnit.MONTHLY, month);
        var standing = AccountId.TryParse(account, out var id) ? tree.Find(id) : null;
        // The root is above all, and says nothing.
        var unit = standing is null || Core.Scope.TryParse(standing.Parent) is not { } parent ? "" : string.Join(Separator, tree.NamesTo(parent).Skip(1));
        foreach (var budget in items.Where(item => item.Period == period).GroupBy(item => item.Key.BudgetName, StringComparer.Ordinal))
        {
            if (budget.Key == AllCosts.Name)
            {
                var last = budget.MaxBy(item => item.Key.Day);
                if (last?.Actual is { } cost)
                    yield return new(account, standing?.Name ?? "", unit, "", last.Unit, null, cost, default, null, !last.Estimated);
            }
            else if (PeriodResult.Of(budget, today) is [var result])
            {
                yield return new(
                    account, standing?.Name ?? "", unit, budget.Key, result.Unit, result.Limit, result.Actual, result.Highest, result.DaysOver, result.Final);
            }
        }
    }
}
