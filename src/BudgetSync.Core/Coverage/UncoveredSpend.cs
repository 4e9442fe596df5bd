using System.Collections.Immutable;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Core.Coverage;

/// <summary>The accounts without a budget, and what they have spent this month where Cost Explorer was asked.</summary>
/// <param name="Accounts">How many they are.</param>
/// <param name="Spent">Of all of them together; null where it is not known.</param>
/// <param name="AsOf">When Cost Explorer was asked; null where it was not.</param>
/// <param name="Largest">Those that spent most, the first first; empty where it is not known.</param>
public sealed record UncoveredSpend(
    int Accounts, decimal? Spent, string Unit, DateTimeOffset? AsOf, EquatableArray<(AccountId Account, string Name, decimal Spent)> Largest)
{
    private const int Shown = 3;

    /// <param name="month">What every account has cost this month; null where Cost Explorer is not asked.</param>
    public static UncoveredSpend Of(IEnumerable<CoverageLine> lines, MonthToDate? month)
    {
        var without = lines.Where(IsWithoutBudget)
            .Select(line => (Id: AccountId.TryParse(line.Key, out var id) ? id : (AccountId?)null, line.Name))
            .Where(account => account.Id is not null)
            .Select(account => (Account: account.Id.GetValueOrDefault(), account.Name, Spent: Cost(account.Id.GetValueOrDefault())))
            .ToImmutableArray();
        return month is null
            ? new(without.Length, null, "", null, [])
            : new(
                without.Length,
                without.Sum(account => account.Spent),
                month.Unit,
                month.At,
                [.. without.Where(account => account.Spent > 0).OrderByDescending(account => account.Spent).ThenBy(account => account.Account).Take(Shown)]);

        decimal Cost(AccountId account) => month?.Costs.GetValueOrDefault(account) ?? 0;
    }

    /// <summary>
    /// No row asks for one, or none is there: a spoke that is not deployed has no budget of ours either. What is on its way is given its time.
    /// </summary>
    private static bool IsWithoutBudget(CoverageLine line) => line is { IsAccount: true } && line.State switch
    {
        CoverageState.Uncovered => true,
        CoverageState.Applied or CoverageState.Pending => false,
        _ => line.Status is null || line.Status.Budgets.All(budget => budget.Missing),
    };
}
