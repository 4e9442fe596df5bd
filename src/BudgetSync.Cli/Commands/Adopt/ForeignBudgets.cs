using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Organizations;
using BudgetSync.Cli.Commands.Drift;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Cli.Commands.Adopt;

/// <summary>The budgets of accounts that BudgetSync did not create, as rows. Reads only.</summary>
internal sealed class ForeignBudgets(DeployedStack stack, ReadSessions sessions)
{
    /// <summary>The active accounts to look into.</summary>
    /// <param name="only">One account; null: all, or those of <paramref name="unit"/>.</param>
    /// <exception cref="CommandException">There is no such account or unit.</exception>
    public async Task<IReadOnlyList<AccountId>> AccountsAsync(AccountId? only, string? unit, CancellationToken cancellation)
    {
        stack.Progress.Now("reading the organization");
        var snapshot = await OrganizationSnapshot.ReadAsync(stack.Budgets, null, stack.Organization, freshTree: true, cancellation);
        var covered = OrganizationalUnitOption.Find(unit, snapshot.Tree) is { } scope ? snapshot.CoveredBy(scope).ToHashSet() : null;
        var accounts = snapshot.Accounts()
            .Where(id => snapshot.Tree.Accounts.IsEmpty || snapshot.Tree.Find(id) is { Active: true })
            .Where(id => (only is null || id == only) && covered?.Contains(id) != false)
            .ToList();
        return accounts.Count > 0 ? accounts : throw new CommandException(only is { } asked
            ? $"--account: the organization has no active account {asked}."
            : "There is no active account to look into.");
    }

    /// <returns>Null where the account has no budget but ours: there is nothing to adopt.</returns>
    /// <exception cref="AwsFaultException">The account cannot be looked into.</exception>
    public async Task<AdoptedRow?> DescribeAsync(AccountId account, CancellationToken cancellation)
    {
        using var clients = await sessions.OpenAsync(account, cancellation);
        var reader = new BudgetsReader(clients.Budgets, account, stack.Defaults.Partition, stack.Caller);
        var names = await reader.ReadAsync(DesiredBudgets.None, cancellation);
        if (names.Budgets.All(budget => budget.Managed)) return null;
        // Alerts and actions of a foreign budget are read only where it is asked for by name.
        return AdoptedRow.Of(account, await reader.ReadAsync(AdoptedRow.DesiredOf(names), cancellation), stack.Defaults);
    }
}
