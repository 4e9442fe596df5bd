using System.Collections.Immutable;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>Reads accounts for commands about models.</summary>
internal static class ModelAccounts
{
    /// <summary>All active accounts and all that meter; where the organization cannot be read, all with a status. In order of id.</summary>
    public static async Task<IReadOnlyList<ModelAccount>> AllAsync(DeployedStack stack, CancellationToken cancellation)
    {
        stack.Progress.Now("reading the tables and the organization");
        var (treeRead, tableRead, statusRead) = (stack.TreeAsync(cancellation), stack.Budgets.ScanAsync(cancellation), stack.Status.ScanAsync(cancellation));
        await Task.WhenAll(treeRead, tableRead, statusRead);
        var (tree, table) = (await treeRead, (await tableRead).ToImmutableDictionary(row => row.Key, StringComparer.Ordinal));
        var statuses = (await statusRead).Where(row => AccountId.TryParse(row.Key, out _)).ToImmutableDictionary(row => row.Key, StringComparer.Ordinal);
        stack.Progress.Now("");
        return
        [
            .. tree.Accounts.Where(account => account.Active).Select(account => account.Id.Value)
                .Concat(statuses.Values.Where(row => tree.Accounts.IsEmpty || row.Meters || row.Ai is not null).Select(row => row.Key))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(key => Of(key, statuses.GetValueOrDefault(key), tree, table, stack)),
        ];
    }

    /// <exception cref="CommandException">There is no such account.</exception>
    public static async Task<ModelAccount> OneAsync(DeployedStack stack, string account, CancellationToken cancellation)
    {
        var status = await stack.Status.ReadAsync(account, cancellation);
        var tree = status is null ? await DemandAsync(stack, account, cancellation) : OrganizationTree.None;
        var scopes = status is null ? [.. tree.PathOf(AccountId.Parse(account)).Select(scope => scope.Key)] : StatusRow.ScopesOf(account, status);
        var table = (await stack.Budgets.ReadAsync(scopes, cancellation)).ToImmutableDictionary(row => row.Key, StringComparer.Ordinal);
        return Of(account, status, tree, table, stack);
    }

    /// <summary>The organization, where it or the rows know an account that has no status.</summary>
    /// <exception cref="CommandException">There is no such account.</exception>
    public static async Task<OrganizationTree> DemandAsync(DeployedStack stack, string account, CancellationToken cancellation)
    {
        var tree = await stack.TreeAsync(cancellation);
        return tree.Find(AccountId.Parse(account)) is not null || await stack.Budgets.ReadAsync(account, cancellation) is not null
            ? tree
            : throw new CommandException($"{account}: no such account; neither the organization, the rows nor the status table knows it.");
    }

    private static ModelAccount Of(
        string account, StatusRow? status, OrganizationTree tree, ImmutableDictionary<string, RowImage> table, DeployedStack stack)
    {
        var id = AccountId.Parse(account);
        var scopes = tree.Find(id) is null ? StatusRow.ScopesOf(account, status) : [.. tree.PathOf(id).Select(scope => scope.Key)];
        var rows = scopes.Select(scope => table.GetValueOrDefault(scope)).OfType<RowImage>().ToImmutableArray();
        var resolved = Resolver.Resolve(id, [.. rows], stack.Defaults);
        return new ModelAccount(
            status ?? new StatusRow { Key = account, State = AccountState.Pending, FirstSeenAt = stack.Time.GetUtcNow() },
            (resolved as Resolution.Desired)?.Ai,
            SuspensionBounds.Of(rows, stack));
    }
}
