using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
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

    /// <param name="budgetOf">The budget whose closed months count, with its currency.</param>
    public static async Task<ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>>> ReadAsync(
        DeployedStack stack,
        string? file,
        IReadOnlyList<AccountId> accounts,
        Func<AccountId, (string Name, string Unit)?> budgetOf,
        CancellationToken cancellation)
    {
        return file is not null ? await CostFile.ReadAsync(file, cancellation) : ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>>.Empty;
    }

    /// <summary>What each account usually costs in a month.</summary>
    public static ImmutableDictionary<AccountId, decimal> Usual(ImmutableDictionary<AccountId, ImmutableArray<MonthlyCost>> costs, DateTimeOffset now) =>
        costs.Select(cost => (cost.Key, Usual: MonthlyCost.Usual(cost.Value, DateOnly.FromDateTime(now.UtcDateTime))))
            .Where(cost => cost.Usual is not null)
            .ToImmutableDictionary(cost => cost.Key, cost => cost.Usual ?? 0);
}
