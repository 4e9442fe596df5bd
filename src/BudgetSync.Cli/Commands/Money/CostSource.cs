using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>Where it is known from what accounts cost.</summary>
internal static class CostSource
{
    public static Option<string?> Option() => new("--costs")
    {
        Description = "What accounts cost, as CSV: AccountId,Month,Amount, with months such as 2026-10",
        HelpName = "FILE"
    };

    /// <summary>Accounts asked of at once: one query each, and a laptop is no Lambda function.</summary>
    private const int QueriesInFlight = 16;

    private const string Table = "BudgetSync-History";

    /// <summary>As long as the history keeps a day.</summary>
    private const int Days = 400;

    /// <summary>From the file where one is given, else from the history: the closed months of each account's budget of all its costs.</summary>
    /// <param name="budgetOf">The budget whose closed months count, with its currency.</param>
    public static async Task<ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>>> ReadAsync(
        DeployedStack stack,
        string? file,
        IReadOnlyList<AccountId> accounts,
        Func<AccountId, (string Name, string Unit)?> budgetOf,
        CancellationToken cancellation)
    {
        if (file is not null) return await CostFile.ReadAsync(file, cancellation);
        var history = new HistoryTable(stack.Clients.Dynamo, Table, stack.Caller);
        var today = DateOnly.FromDateTime(stack.Time.GetUtcNow().UtcDateTime);
        var known = new ConcurrentDictionary<AccountId, ImmutableArray<MonthlyCost>>();
        var (done, missing) = (0, false);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = QueriesInFlight, CancellationToken = cancellation };
        await Parallel.ForEachAsync(accounts, limits, async (account, token) =>
        {
            var number = Interlocked.Increment(ref done);
            stack.Progress.Now(string.Create(CultureInfo.InvariantCulture, $"read the history of {number} of {accounts.Count} accounts"));
            if (missing || budgetOf(account) is not { Name: var name, Unit: var unit }) return;
            try
            {
                var items = await history.ReadAsync(account.Value, name, today.AddDays(-Days), today, token);
                var months = MonthlyCost.Of(PeriodResult.Of(items.Where(item => item.Unit == unit), today)).ToImmutableArray();
                if (!months.IsEmpty) known[account] = months;
            }
            catch (AwsFaultException refused) when (refused.Fault.Code == "ResourceNotFound")
            {
                // A stack from before the history: no month is known, which is said.
                missing = true;
            }
        });
        return known.ToImmutableDictionary();
    }

    /// <summary>What each account usually costs in a month.</summary>
    public static ImmutableDictionary<AccountId, decimal> Usual(ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>> costs, DateTimeOffset now) =>
        costs.Select(cost => (cost.Key, Usual: MonthlyCost.Usual(cost.Value, DateOnly.FromDateTime(now.UtcDateTime))))
            .Where(cost => cost.Usual is not null)
            .ToImmutableDictionary(cost => cost.Key, cost => cost.Usual ?? 0);
}
