using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>
/// Appends to the ledger what a person does about models and the kill switch. The entry comes first, so that nothing is done without one wherever the tool
/// ends; where it cannot be written, what the person wants is done all the same, and the gap is told.
/// </summary>
internal static class PersonLedger
{
    /// <param name="key">The account, or what stands for all.</param>
    /// <returns>Whether it is there.</returns>
    public static async Task<bool> RecordAsync(DeployedStack stack, ConsoleContext terminal, string key, LedgerEntry entry)
    {
        if (!stack.HasLedger) return false;
        try
        {
            await stack.Ledger.RecordAsync(key, entry, CancellationToken.None);
            return true;
        }
        catch (AwsFaultException refused)
        {
            terminal.TellFolded(
                Printable.Line($"Warning: {entry.What} of {key}{(entry.Subject.Length > 0 ? $" {entry.Subject}" : "")} has no entry in the ledger: "
                    + $"{refused.Fault.Reason}. Who decides needs dynamodb:PutItem on {DeployedStack.LedgerTableName}."),
                indent: 2);
            return false;
        }
    }
}
