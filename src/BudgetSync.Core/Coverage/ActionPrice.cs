using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Coverage;

/// <summary>
/// What AWS charges for budgets with actions, the only budgets that cost anything. Source: AWS Budgets pricing, "Action-enabled budgets": the first 62
/// budget-days of a month are free, each further one is $0.10. Free days are shared by the accounts of one bill (AWS Billing User Guide, "Consolidated
/// billing").
/// </summary>
public static class ActionPrice
{
    private const decimal PerBudgetDay = 0.10m;
    private const int FreeBudgetDays = 62;
    private const int DaysOfMonth = 30;

    /// <summary>What so many budgets with actions cost in a month of 30 days, in US dollars.</summary>
    public static decimal OfMonth(int budgets) => Math.Max(0, (budgets * DaysOfMonth) - FreeBudgetDays) * PerBudgetDay;

    /// <summary>The sentence that says what an edit of rows makes AWS charge; null where it adds no budget with actions.</summary>
    /// <param name="before">All rows as they stand, by key.</param>
    /// <param name="after">As they would stand.</param>
    /// <param name="tree"><see cref="OrganizationTree.None"/>: the accounts are those of the rows.</param>
    public static string? Warning(
        IReadOnlyDictionary<string, RowImage> before,
        IReadOnlyDictionary<string, RowImage> after,
        OrganizationTree tree,
        StackDefaults defaults)
    {
        if (!after.Values.Any(MayHaveActions)) return null;
        var (now, then) = (0, 0);
        foreach (var account in Accounts(after, tree))
        {
            var has = Count(account, RowPath.Of(account, tree, before), defaults) ?? 0;
            now += has;
            // An account whose rows are wrong keeps what it has.
            then += Count(account, RowPath.Of(account, tree, after), defaults) ?? has;
        }

        if (then <= now) return null;
        var price = OfMonth(then);
        var charged = price == 0
            ? $"which is free: {then * DaysOfMonth} of the {FreeBudgetDays} days of budgets with actions that one bill has free a month; "
                + "each further day is $0.10, and budgets that BudgetSync does not know take free days too"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"for which AWS charges about ${price:#,0.00} a month: $0.10 a day for each, beyond {FreeBudgetDays} days a month in all that are free");
        var budgets = then == 1 ? "1 budget" : string.Create(CultureInfo.InvariantCulture, $"{then:#,0} budgets");
        return string.Create(CultureInfo.InvariantCulture, $"Actions: {budgets} would have actions ({now:#,0} now), {charged}");
    }

    /// <summary>How many budgets with actions rows ask for; an account whose rows are wrong counts none.</summary>
    public static int Budgets(IReadOnlyDictionary<string, RowImage> rows, OrganizationTree tree, StackDefaults defaults) =>
        rows.Values.Any(MayHaveActions) ? Accounts(rows, tree).Sum(account => Count(account, RowPath.Of(account, tree, rows), defaults) ?? 0) : 0;

    private static IEnumerable<AccountId> Accounts(IReadOnlyDictionary<string, RowImage> rows, OrganizationTree tree) => tree.Accounts.IsEmpty
        ? rows.Keys.Select(Scope.TryParse).OfType<Scope.Account>().Select(scope => scope.Id)
        : tree.Accounts.Where(account => account.Active).Select(account => account.Id);

    /// <summary>How many budgets with actions an account would have; null where its rows are wrong.</summary>
    /// <param name="present">The rows that bear on it, nearest first.</param>
    private static int? Count(AccountId account, ImmutableArray<RowImage> present, StackDefaults defaults)
    {
        if (!present.Any(MayHaveActions)) return 0;
        return Resolver.Resolve(account, present, defaults) switch
        {
            Resolution.Desired(var budgets, _) => budgets.Budgets.Count(budget => !budget.Actions.IsEmpty),
            Resolution.Rejected => null,
            _ => 0,
        };
    }

    private static bool MayHaveActions(RowImage row) => row.Attributes.ContainsKey("Actions") || row.Attributes.ContainsKey("Budgets");
}
