using BudgetSync.Aws.Organizations;
using BudgetSync.Core;

namespace BudgetSync.Cli.Stack;

/// <summary>The accounts that a command looks into by itself.</summary>
internal static class ActiveAccounts
{
    /// <summary>Those that are active, with what the organization calls them ("" where it does not).</summary>
    /// <param name="only">One account; null: all, or those of <paramref name="unit"/>.</param>
    /// <exception cref="CommandException">There is no such account or unit, or none at all.</exception>
    public static async Task<IReadOnlyList<(AccountId Id, string Name)>> ReadAsync(
        DeployedStack stack,
        AccountId? only,
        string? unit,
        CancellationToken cancellation)
    {
        stack.Progress.Now("reading the organization");
        var snapshot = await OrganizationSnapshot.ReadAsync(stack.Budgets, null, stack.Organization, freshTree: true, cancellation);
        var covered = OrganizationalUnitOption.Find(unit, snapshot.Tree) is { } scope ? snapshot.CoveredBy(scope).ToHashSet() : null;
        var accounts = snapshot.Accounts()
            .Where(id => snapshot.Tree.Accounts.IsEmpty || snapshot.Tree.Find(id) is { Active: true })
            .Where(id => (only is null || id == only) && covered?.Contains(id) != false)
            .Select(id => (id, snapshot.Tree.Find(id)?.Name ?? ""))
            .ToList();
        return accounts.Count > 0 ? accounts : throw new CommandException(only is { } asked
            ? $"--account: the organization has no active account {asked}."
            : "There is no active account to look into.");
    }
}
