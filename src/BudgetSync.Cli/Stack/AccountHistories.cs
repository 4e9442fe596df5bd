using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Cli.Stack;

/// <summary>The history of some accounts, of all their budgets.</summary>
/// <param name="Items">By account.</param>
/// <param name="Missing">True where the deployment has no history table: it is older than the tool.</param>
internal sealed record AccountHistories(IReadOnlyDictionary<string, ImmutableArray<HistoryItem>> Items, bool Missing)
{
    /// <summary>What to do where the table is missing.</summary>
    public const string HowToGetOne = "deploy the tables' stack again, and the spokes; history begins with their next look";

    /// <summary>Accounts asked of at once: one query each, and a laptop is no Lambda function.</summary>
    private const int QueriesInFlight = 16;

    /// <summary>The items of one account.</summary>
    public ImmutableArray<HistoryItem> Of(string account) => Items.TryGetValue(account, out var items) ? items : [];

    public static async Task<AccountHistories> ReadAsync(DeployedStack stack, IReadOnlyCollection<string> accounts, CancellationToken cancellation)
    {
        var (items, done) = (new ConcurrentDictionary<string, ImmutableArray<HistoryItem>>(StringComparer.Ordinal), 0);
        try
        {
            await BoundedConcurrency.ForEachAsync(
                accounts,
                QueriesInFlight,
                async (account, token) =>
                {
                    items[account] = await stack.History.ReadAsync(account, token);
                    var read = Interlocked.Increment(ref done);
                    stack.Progress.Now(read, $"read the history of {Number.Of(read)} of {Number.Count(accounts.Count, "account")}");
                },
                cancellation);
            return new AccountHistories(items, Missing: false);
        }
        catch (AwsFaultException refused) when (refused.Fault.IsMissingTable)
        {
            return new AccountHistories(items, Missing: true);
        }
    }
}
