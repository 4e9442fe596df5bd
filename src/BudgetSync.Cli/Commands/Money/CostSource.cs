using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Spend.Costs;
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

    /// <summary>From the file where one is given, else from the history: the closed months of each account's budget, or of all that it costs.</summary>
    /// <param name="budgetOf">The budget whose closed months count, with its currency.</param>
    public static async Task<ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>>> ReadAsync(
        DeployedStack stack,
        string? file,
        IReadOnlyList<AccountId> accounts,
        Func<AccountId, (string Name, string Unit)?> budgetOf,
        CancellationToken cancellation)
    {
        if (file is not null) return await CostFile.ReadAsync(file, cancellation);
        var today = DateOnly.FromDateTime(stack.Time.GetUtcNow().UtcDateTime);
        // A stack from before the history has none: no month is known, which is said.
        var histories = await AccountHistories.ReadAsync(stack, [.. accounts.Select(account => account.Value)], cancellation);
        return accounts.Select(account => (Account: account, Months: Months(account))).Where(known => !known.Months.IsEmpty)
            .ToImmutableDictionary(known => known.Account, known => known.Months);

        ImmutableArray<MonthlyCost> Months(AccountId account)
        {
            ImmutableArray<MonthlyCost> ofBudget = budgetOf(account) is { Name: var name, Unit: var unit }
                ? [.. MonthlyCost.Of(PeriodResult.Of(histories.Of(account.Value).Where(item => item.Key.BudgetName == name && item.Unit == unit), today))]
                : [];
            // An account without a budget, or with a new one, has months of all its costs where Cost Explorer is asked.
            return ofBudget.IsEmpty ? [.. AllCosts.Months(histories.Of(account.Value), today)] : ofBudget;
        }
    }

    /// <summary>What each account usually costs in a month.</summary>
    public static ImmutableDictionary<AccountId, decimal> Usual(ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>> costs, DateTimeOffset now) =>
        costs.Select(cost => (cost.Key, Usual: MonthlyCost.Usual(cost.Value, DateOnly.FromDateTime(now.UtcDateTime))))
            .Where(cost => cost.Usual is not null)
            .ToImmutableDictionary(cost => cost.Key, cost => cost.Usual ?? 0);
}
