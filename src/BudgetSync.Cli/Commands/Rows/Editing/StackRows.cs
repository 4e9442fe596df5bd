using System.Collections.Immutable;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>The rows of a stack as they were read for an edit, and by what they are judged.</summary>
/// <param name="Tree">None where nothing asked for it: no row is for an OU or the root, and the organization takes a call for every 20 accounts to
/// read.</param>
/// <param name="Responds">False where the stack says that it has no responses; null where it does not say.</param>
/// <param name="MetersModels">False where the stack says that its spokes meter no models; null where it does not say.</param>
internal sealed record StackRows(IReadOnlyList<RowImage> Table, OrganizationTree Tree, StackDefaults Defaults, bool? Responds, bool? MetersModels)
{
    private readonly Lazy<ImmutableDictionary<string, RowImage>> byKey = new(() => Table.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal));

    public IReadOnlyDictionary<string, RowImage> ByKey => byKey.Value;

    /// <summary>
    /// Reads the table, and the organization where it is needed: rows for OUs or the root bear on accounts by where those stand, and of an edit of any row that
    /// stands for more than one account it is told whom it reaches.
    /// </summary>
    /// <param name="keys">The rows that may be edited.</param>
    /// <param name="reachesAll">True where the edit may change any row there is, named or not: one of them may be <c>default</c>.</param>
    /// <param name="mayAdd">True where the edit may write rows for keys that have none: whether the organization has such an account is told before.</param>
    public static async Task<StackRows> ReadAsync(
        DeployedStack stack,
        IReadOnlyCollection<string> keys,
        bool needsTree,
        CancellationToken cancellation,
        bool mayAdd = false,
        bool reachesAll = false)
    {
        var defaults = stack.Defaults;
        stack.Progress.Now("reading the table");
        var table = await stack.Budgets.ScanAsync(cancellation);
        var known = table.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var wide = needsTree || known.Any(IsWide) || (reachesAll && known.Contains("default"))
            || keys.Any(key => key == "default" || IsWide(key) || (mayAdd && !known.Contains(key)));
        if (wide) stack.Progress.Now("reading the organization");
        var tree = wide ? await stack.TreeAsync(cancellation) : OrganizationTree.None;
        stack.Progress.Now("");
        return new StackRows(table, tree, defaults, stack.Responds, stack.MetersModels) { HasControls = stack.HasControls };
    }

    /// <summary>False where the stack says that the organization has no policies for responses; null where it does not say.</summary>
    public bool? HasControls { get; init; }

    /// <summary>What is wrong with a row where these are all rows there are.</summary>
    public EquatableArray<string> Judge(RowImage row, IReadOnlyDictionary<string, RowImage> then)
    {
        var own = RowCheck.Problems(row, Defaults);
        if (Scope.TryParse(row.Key) is not Scope.Account { Id: var account } || Resolve(account, then) is not Resolution.Rejected rejected) return own;
        return [.. own, .. rejected.Reasons.Except(own, StringComparer.Ordinal)];
    }

    /// <summary>The budgets of an account by these rows.</summary>
    public Resolution Resolve(AccountId account, IReadOnlyDictionary<string, RowImage> rows) =>
        Resolver.Resolve(account, Present(account, rows), Defaults);

    /// <summary>The rows that bear on an account, nearest first.</summary>
    public ImmutableArray<RowImage> Present(AccountId account, IReadOnlyDictionary<string, RowImage> rows) =>
        RowPath.Of(account, Tree, rows);

    /// <summary>The scopes above a scope, nearest first, as any of the accounts it covers has them.</summary>
    public IEnumerable<Scope> Above(string key)
    {
        if (Scope.TryParse(key) is not { } scope || scope is Scope.Default) return [];
        if (scope is not Scope.Account && CoveredBy(key).IsEmpty) return [new Scope.Default()];
        var account = scope is Scope.Account { Id: var own } ? own : CoveredBy(key)[0];
        return Tree.PathOf(account).SkipWhile(step => step != scope).Skip(1);
    }

    /// <summary>The accounts that a row bears on.</summary>
    public ImmutableArray<AccountId> CoveredBy(string key) => Scope.TryParse(key) is { } scope ? Tree.CoveredBy(scope) : [];

    private static bool IsWide(string key) => Scope.TryParse(key) is Scope.OrganizationalUnit or Scope.Root;
}
