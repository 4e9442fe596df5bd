using BudgetSync.Core.Organization;

namespace BudgetSync.Core.Status;

/// <summary>
/// The organization as status rows remember it, for whoever may not ask AWS Organizations: accounts and where they stand, units without names.
/// </summary>
public static class StatusTree
{
    /// <param name="rows">Of accounts; others are left out. An account that no reconcile has seen is below nothing but <c>default</c>.</param>
    public static OrganizationTree Of(IEnumerable<StatusRow> rows)
    {
        var standing = rows.Where(row => AccountId.TryParse(row.Key, out _)).ToList();
        var units = standing.SelectMany(row => row.Path.Select((unit, place) => new OrganizationUnit(unit, "", row.Path.ElementAtOrDefault(place + 1))))
            .Distinct();
        return new OrganizationTree(
            units,
            standing.Select(row => new OrganizationAccount(
                AccountId.Parse(row.Key), row.AccountName, row.Path.IsEmpty ? "" : row.Path[0], row.State != AccountState.Orphan)));
    }
}
