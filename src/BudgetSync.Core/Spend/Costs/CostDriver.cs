using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.Costs;

/// <summary>A service that costs more a day than it did.</summary>
/// <param name="Before">Of a day in the week before the last three days.</param>
/// <param name="Now">Of a day in the last three.</param>
public sealed record CostDriver(string Service, decimal Before, decimal Now, string Unit)
{
    /// <summary>Days that Cost Explorer is asked for: those compared, and some more for what it does not know yet.</summary>
    public const int DaysAsked = 15;

    /// <summary>More of them are no answer any more to what rose.</summary>
    private const int Most = 3;

    private const int RecentDays = 3;

    private const int EarlierDays = 7;

    /// <summary>Less is nothing on a bill.</summary>
    private const decimal Cent = 0.01m;

    public decimal Rise => Now - Before;

    /// <summary>
    /// The services that rose most, three at most: the mean of the last three days of which anything is known less that of the seven before. A day of which
    /// nothing is known of a service cost nothing; the last one may not be known whole, which makes a rise look smaller, never larger.
    /// </summary>
    public static ImmutableArray<CostDriver> Of(IReadOnlyCollection<ServiceCost> costs)
    {
        if (costs.Count == 0) return [];
        var last = costs.Max(cost => cost.Day);
        var recent = last.AddDays(1 - RecentDays);
        var earlier = recent.AddDays(-EarlierDays);
        var drivers = from cost in costs
                      where cost.Day >= earlier
                      group cost by cost.Service into service
                      select new CostDriver(
                          service.Key,
                          service.Where(cost => cost.Day < recent).Sum(cost => cost.Amount) / EarlierDays,
                          service.Where(cost => cost.Day >= recent).Sum(cost => cost.Amount) / RecentDays,
                          service.First().Unit);
        return
        [
            .. drivers.Where(driver => driver.Rise >= Cent)
                .OrderByDescending(driver => driver.Rise)
                .ThenBy(driver => driver.Service, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    /// <summary>For example <c>AWS Lambda +8.50 USD a day (1.50 before, 10 now)</c>.</summary>
    public override string ToString() =>
        $"{Service} +{AmountText.Of(Rise, Unit)} a day ({AmountText.Digits(Before, Unit)} before, {AmountText.Digits(Now, Unit)} now)";
}
