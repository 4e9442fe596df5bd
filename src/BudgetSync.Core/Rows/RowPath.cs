using System.Collections.Immutable;
using BudgetSync.Core.Organization;

namespace BudgetSync.Core.Rows;

/// <summary>The rows that bear on an account.</summary>
public static class RowPath
{
    /// <summary>Those of the account's scopes that there are, nearest first.</summary>
    /// <param name="rows">All rows, by key.</param>
    public static ImmutableArray<RowImage> Of(AccountId account, OrganizationTree tree, IReadOnlyDictionary<string, RowImage> rows) =>
        [.. tree.PathOf(account).Select(scope => rows.GetValueOrDefault(scope.Key)).OfType<RowImage>()];
}
