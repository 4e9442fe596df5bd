using System.Collections.Immutable;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Coverage;

/// <summary>Every account of the organization and every row, each with one state and what to do about it. Nothing is left out: a gap is a line too.</summary>
public sealed record OrganizationCoverage(EquatableArray<CoverageLine> Lines, CoverageSummary Summary)
{
    /// <summary>Accounts that are suspended or closed are left out, unless a row still asks for one: then that row is an orphan.</summary>
    /// <param name="tree">
    /// <see cref="OrganizationTree.None"/> where there is no organization: then the accounts are those that rows and status rows name.
    /// </param>
    /// <param name="statuses">The whole status table.</param>
    /// <param name="rowKeys">The keys of the whole budgets table, valid or not.</param>
    public static OrganizationCoverage Of(OrganizationTree tree, IEnumerable<StatusRow> statuses, IEnumerable<string> rowKeys, DateTimeOffset now)
    {
        var known = statuses.GroupBy(row => row.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => StatusChange.Aged(group.Last(), now), StringComparer.Ordinal);
        var rows = rowKeys.ToHashSet(StringComparer.Ordinal);
        var accounts = Accounts(tree, known.Keys.Concat(rows)).ToList();
        var ids = accounts.Select(account => account.Id.Value).ToHashSet(StringComparer.Ordinal);
        var lines = accounts.Select(account => OfAccount(account, tree, rows, known.GetValueOrDefault(account.Id.Value)))
            .Concat(rows.Where(key => !ids.Contains(key)).Select(key => OfOtherRow(key, tree, known.GetValueOrDefault(key))).OfType<CoverageLine>())
            .OrderBy(line => line.Key, StringComparer.Ordinal)
            .ToImmutableArray();
        return new OrganizationCoverage(lines, CoverageSummary.Of(lines));
    }

    private static IEnumerable<OrganizationAccount> Accounts(OrganizationTree tree, IEnumerable<string> keys) => tree.Accounts.IsEmpty
        ? keys.Distinct(StringComparer.Ordinal)
            .Select(Scope.TryParse)
            .OfType<Scope.Account>()
            .Select(account => new OrganizationAccount(account.Id, "", "", Active: true))
        : tree.Accounts.Where(account => account.Active);

    private static CoverageLine OfAccount(OrganizationAccount account, OrganizationTree tree, HashSet<string> rows, StatusRow? status)
    {
        // An account that has come since its row was an orphan is on its way: the next reconcile knows it.
        var hasCome = status is { State: AccountState.Orphan } && !tree.Accounts.IsEmpty;
        if (status is not null && !hasCome)
        {
            var state = Of(status.State);
            return new CoverageLine(account.Id.Value, account.Name, IsAccount: true, state, status.Reasons, CoverageAdvice.For(state), status);
        }

        var covered = tree.PathOf(account.Id).Any(scope => rows.Contains(scope.Key));
        var assumed = covered ? CoverageState.Pending : CoverageState.Uncovered;
        return new CoverageLine(
            account.Id.Value,
            account.Name,
            IsAccount: true,
            assumed,
            [covered ? "nothing was done for this account yet" : StatusReasons.Uncovered],
            CoverageAdvice.For(assumed),
            null);
    }

    /// <summary>Null for a row that is in order and stands for many accounts: those tell of it.</summary>
    private static CoverageLine? OfOtherRow(string key, OrganizationTree tree, StatusRow? status) => Scope.TryParse(key) switch
    {
        null =>
            Line(
                key,
                CoverageState.Rejected,
                status is { Reasons.IsEmpty: false } ? status.Reasons : [$"AccountId: \"{key}\" is no account id, OU id, root id or the word default"],
                status),
        // Without an organization it cannot be told whether an OU exists, so only what is known to be missing is an orphan.
        { } scope when !tree.Accounts.IsEmpty && !IsInUse(tree, scope) => Line(key, CoverageState.Orphan, [OrphanReason(tree, scope)], status),
        _ when status is { State: AccountState.Rejected } => Line(key, CoverageState.Rejected, status.Reasons, status),
        _ => null,
    };

    private static CoverageLine Line(string key, CoverageState state, EquatableArray<string> reasons, StatusRow? status) =>
        new(key, "", IsAccount: false, state, reasons, CoverageAdvice.For(state), status);

    private static bool IsInUse(OrganizationTree tree, Scope scope) =>
        tree.Contains(scope) && (scope is not Scope.Account(var id) || tree.Find(id) is { Active: true });

    private static string OrphanReason(OrganizationTree tree, Scope scope) => scope is Scope.Account(var id) && tree.Find(id) is not null
        ? $"the account {id} is suspended, closed or about to be"
        : $"the organization has no {(scope is Scope.Account ? "account" : "OU or root")} {scope.Key}";

    private static CoverageState Of(AccountState state) => state switch
    {
        AccountState.Applied => CoverageState.Applied,
        AccountState.Pending or AccountState.Propagated => CoverageState.Pending,
        AccountState.Blocked => CoverageState.Blocked,
        AccountState.Rejected => CoverageState.Rejected,
        AccountState.Failed => CoverageState.Failed,
        AccountState.Unchecked => CoverageState.Unchecked,
        AccountState.Orphan => CoverageState.Orphan,
        _ => CoverageState.Uncovered,
    };
}
