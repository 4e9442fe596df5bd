using System.Collections.Immutable;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Organizations;

/// <summary>
/// Everything there is, read once: all rows, the organization, all statuses. What it says may be out of date; it only chooses whom to look at more closely.
/// </summary>
public sealed class OrganizationSnapshot
{
    private OrganizationSnapshot(IReadOnlyList<RowImage> rows, OrganizationTree tree, IReadOnlyList<StatusRow> statuses)
    {
        Rows = rows.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal);
        Tree = tree;
        Statuses = statuses.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal);
    }

    public ImmutableDictionary<string, RowImage> Rows { get; }

    public OrganizationTree Tree { get; }

    public ImmutableDictionary<string, StatusRow> Statuses { get; }

    /// <param name="status">Null leaves the statuses out: whoever reads few of them reads them one by one.</param>
    /// <param name="freshTree">False takes the organization from the cache.</param>
    public static async Task<OrganizationSnapshot> ReadAsync(
        BudgetsTable budgets,
        StatusTable? status,
        OrganizationReader organization,
        bool freshTree,
        CancellationToken cancellation)
    {
        var tree = organization.TreeAsync(cancellation, freshTree);
        var statuses = status is null ? Task.FromResult<IReadOnlyList<StatusRow>>([]) : status.ScanAsync(cancellation);
        await Task.WhenAll(tree, statuses);
        // The rows last: nothing else here is as likely to have been edited a moment ago.
        return new OrganizationSnapshot(await budgets.ScanAsync(cancellation), await tree, await statuses);
    }

    /// <summary>
    /// What bears on a few accounts and nothing else: a spoke just deployed must not cost a scan of two tables and a walk of the whole organization.
    /// </summary>
    /// <param name="accounts">Up to <see cref="Limits.AccountsLookedUpSingly"/>.</param>
    /// <param name="fresh">
    /// True: ask the organization where they stand. False: believe what the last reconcile wrote into their status rows, so that a release to every spoke
    /// does not walk the organization for each of them.
    /// </param>
    public static async Task<OrganizationSnapshot> ReadAsync(
        IReadOnlyCollection<AccountId> accounts,
        BudgetsTable budgets,
        StatusTable status,
        OrganizationReader organization,
        bool fresh,
        CancellationToken cancellation)
    {
        var pathOf = await organization.PathsAsync(accounts.Count, cancellation);
        var units = new Dictionary<string, OrganizationUnit>(StringComparer.Ordinal);
        var rows = new Dictionary<string, RowImage>(StringComparer.Ordinal);
        var (members, statuses) = (new List<OrganizationAccount>(), new List<StatusRow>());
        foreach (var account in accounts)
        {
            var known = await status.ReadAsync(account.Value, cancellation);
            var path = !fresh && RememberedPath(account, known) is { } remembered ? remembered : await pathOf(account, cancellation);
            var above = path.Where(scope => scope is not (Scope.Account or Scope.Default)).Select(scope => scope.Key).ToList();
            for (var i = 0; i < above.Count; i++) units[above[i]] = new OrganizationUnit(above[i], "", above.ElementAtOrDefault(i + 1));
            if (above.Count > 0) members.Add(new OrganizationAccount(account, "", above[0], Active: true));
            if (known is not null) statuses.Add(known);
            foreach (var row in await budgets.ReadAsync([.. path.Select(scope => scope.Key)], cancellation)) rows[row.Key] = row;
        }

        return new OrganizationSnapshot([.. rows.Values], new OrganizationTree(units.Values, members), statuses);
    }

    /// <summary>The scopes that bear on an account by the last reconcile's knowledge, nearest first; null where no reconcile has seen it.</summary>
    public static ImmutableArray<Scope>? RememberedPath(AccountId account, StatusRow? known) => known is { Path.IsEmpty: false }
        ? [new Scope.Account(account), .. known.Path.Select(Scope.TryParse).OfType<Scope>(), new Scope.Default()]
        : null;

    /// <summary>Every account that is known: of the organization, of a row, of a status.</summary>
    public IEnumerable<AccountId> Accounts() => Tree.Accounts.Select(account => account.Id).Concat(Named()).Distinct().Order();

    /// <summary>The accounts a scope bears on: those of the organization, and for <c>default</c> also those that only a row or a status names.</summary>
    public IEnumerable<AccountId> CoveredBy(Scope scope) => scope is Scope.Default
        ? Tree.CoveredBy(scope).Concat(Named().Where(account => Tree.Find(account) is null)).Distinct()
        : Tree.CoveredBy(scope);

    /// <summary>The account as this snapshot shows it.</summary>
    /// <param name="status">Of the account; null where there is none.</param>
    public AccountSnapshot Of(AccountId account, StatusRow? status, StackDefaults defaults)
    {
        var path = Tree.PathOf(account);
        var rows = RowPath.Of(account, Tree, Rows);
        return new AccountSnapshot(
            account,
            Tree.StandingOf(account),
            Rows.ContainsKey(account.Value),
            PathOf(account),
            Intent.Of(Resolver.Resolve(account, rows, defaults), path, rows, status));
    }

    /// <summary>The OUs above the account, nearest first, and the root: as <see cref="StatusRow.Path"/> keeps them.</summary>
    public EquatableArray<string> PathOf(AccountId account) =>
        [.. Tree.PathOf(account).Where(scope => scope is not (Scope.Account or Scope.Default)).Select(scope => scope.Key)];

    private IEnumerable<AccountId> Named() =>
        Rows.Keys.Concat(Statuses.Keys).Select(key => Scope.TryParse(key)).OfType<Scope.Account>().Select(scope => scope.Id).Distinct();
}
