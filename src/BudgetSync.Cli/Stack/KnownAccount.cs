using BudgetSync.Aws.Faults;
using BudgetSync.Core;

namespace BudgetSync.Cli.Stack;

/// <summary>Tells an account of which there is nothing to show from one that nothing knows, whose silence would be taken for "all is well".</summary>
internal static class KnownAccount
{
    /// <summary>Asked where a command has found nothing of the account: a row, a status or the organization knows it, or the command ends.</summary>
    /// <exception cref="CommandException">Nothing knows it.</exception>
    public static async Task DemandAsync(DeployedStack stack, AccountId account, CancellationToken cancellation)
    {
        if (await HasItemAsync(async () => await stack.Status.ReadAsync(account.Value, cancellation))) return;
        if (await HasItemAsync(async () => await stack.Budgets.ReadAsync(account.Value, cancellation))) return;
        if ((await stack.TreeAsync(cancellation)).Contains(new Scope.Account(account))) return;
        throw Unknown(account.Value);
    }

    /// <param name="key">The account or the key of a row, as it was typed.</param>
    public static CommandException Unknown(string key) => new(
        AccountOption.LostZeros(key) ?? $"{key}: neither the organization nor the tables know it; 'budgetsync status' lists what they know.");

    private static async Task<bool> HasItemAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read() is not null;
        }
        catch (AwsFaultException refused) when (refused.Fault.IsMissingTable)
        {
            return false;
        }
    }
}
