using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Cli.Commands.Page;

/// <summary>The history of some accounts.</summary>
/// <param name="Items">By account.</param>
/// <param name="Missing">True where the deployment has no history table: it is older than the tool.</param>
internal sealed record HistoryReader(IReadOnlyDictionary<string, ImmutableArray<HistoryItem>> Items, bool Missing)
{
    private const int AtOnce = 16;

    private const string NoSuchTable = "ResourceNotFound";

    public static async Task<HistoryReader> ReadAsync(DeployedStack stack, IReadOnlyList<string> accounts, CancellationToken cancellation)
    {
        var (items, done) = (new ConcurrentDictionary<string, ImmutableArray<HistoryItem>>(StringComparer.Ordinal), 0);
        try
        {
            await BoundedConcurrency.ForEachAsync(
                accounts,
                AtOnce,
                async (account, token) =>
                {
                    items[account] = await stack.History.ReadAsync(account, token);
                    stack.Progress.Now($"reading history: {Interlocked.Increment(ref done)} of {accounts.Count} accounts");
                },
                cancellation);
            return new HistoryReader(items, Missing: false);
        }
        catch (AwsFaultException refused) when (refused.Fault.Code == NoSuchTable)
        {
            return new HistoryReader(items, Missing: true);
        }
    }
}
