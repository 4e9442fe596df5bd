using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Cli.Commands.Adopt;

/// <summary>The budgets of accounts that BudgetSync did not create, beside what the rows say already. Reads only.</summary>
internal sealed class ForeignBudgets(DeployedStack stack, ReadSessions sessions, StackRows rows)
{
    /// <returns>Null where the account has no budget but ours: there is nothing to adopt.</returns>
    /// <exception cref="AwsFaultException">The account cannot be looked into.</exception>
    public async Task<AdoptedRow?> DescribeAsync(AccountId account, CancellationToken cancellation)
    {
        using var clients = await sessions.OpenAsync(account, cancellation);
        var reader = new BudgetsReader(clients.Budgets, account, stack.Defaults.Partition, stack.Caller);
        var names = await reader.ReadAsync(DesiredBudgets.None, cancellation);
        if (names.Budgets.All(budget => budget.Managed)) return null;
        // Alerts and actions of a foreign budget are read only where it is asked for by name.
        var whole = await reader.ReadAsync(AdoptedRow.DesiredOf(names), cancellation);
        return AdoptedRow.Of(account, whole, rows.Present(account, rows.ByKey), stack.Defaults);
    }
}
