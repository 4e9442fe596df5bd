using System.Collections.Immutable;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.History;

/// <summary>A budget that spends more a day than it did.</summary>
/// <param name="Before">Of a day in the week before the last three days.</param>
/// <param name="Now">Of a day in the last three.</param>
public sealed record BudgetRise(string Account, string AccountName, string BudgetName, decimal Before, decimal Now, string Unit)
{
    /// <summary>Days of history that it takes: those compared, the first of a month, which is no day like others, and some that no look saw.</summary>
    public const int DaysRead = 15;

    private const int RecentDays = 3;

    private const int EarlierDays = 7;

    /// <summary>Less is nothing on a bill.</summary>
    private const decimal Cent = 0.01m;

    public decimal Rise => Now - Before;

    /// <summary>
    /// The mean of the last three days known less that of the seven before. Today is not over and does not count; what is known of a day may still grow, which
    /// makes a rise look smaller, never larger.
    /// </summary>
    /// <param name="items">Of one budget, in any order.</param>
    /// <returns>Null where it has not risen, or too few days are known to say.</returns>
    public static BudgetRise? Of(string account, string accountName, IEnumerable<HistoryItem> items, DateOnly today)
    {
        var known = items.Where(item => item is { Actual: not null, Unit.Length: 3 } && item.Key.Day < today).ToImmutableArray();
        if (known.IsEmpty) return null;
        var days = DayTotal.Increments(known.Select(item => new DayTotal(item.Period, item.Key.Day, item.Actual.GetValueOrDefault())))
            .Where(day => PeriodSpend.IsOrdinary(day.Day) && day.Day >= today.AddDays(-DaysRead))
            .OrderBy(day => day.Day)
            .TakeLast(RecentDays + EarlierDays)
            .Select(day => day.Amount)
            .ToList();
        if (days.Count < RecentDays + EarlierDays) return null;
        var last = known[^1];
        var rise = new BudgetRise(account, accountName, last.Key.BudgetName, days.Take(EarlierDays).Average(), days.TakeLast(RecentDays).Average(), last.Unit);
        return rise.Rise >= Cent ? rise : null;
    }
}
