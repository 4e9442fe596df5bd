using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend.Costs;

/// <summary>What Cost Explorer is to be asked: months for the totals, and the last days for the way there.</summary>
/// <param name="MonthsFrom">The first of the first month whose total is asked for.</param>
/// <param name="DaysFrom">The first day that is asked for by itself.</param>
public readonly record struct CostWindow(DateOnly MonthsFrom, DateOnly DaysFrom)
{
    /// <summary>
    /// How far back a month can be asked about: 13 months before the present one, where history for several years is not enabled (Cost Management user guide,
    /// "Exploring your data using Cost Explorer").
    /// </summary>
    private const int MonthsKept = 13;

    /// <summary>Usage reaches the bill within a day or two, corrections somewhat later; a day older than this changes in its month's total only.</summary>
    private const int LateDays = 4;

    /// <summary>After a pause no further: each day is a row for each account, and rows are pages, which are paid for.</summary>
    private const int MostDays = 14;

    /// <summary>A month is asked about until its invoice is issued, some days into the next one (Billing user guide, "Viewing your monthly charges").</summary>
    private const int SettlingDays = 10;

    /// <param name="last">The last day that is known already; null: nothing is.</param>
    public static CostWindow Of(DateOnly today, DateOnly? last)
    {
        var since = Earlier(last ?? today, today.AddDays(-LateDays));
        var days = since < today.AddDays(-MostDays) ? today.AddDays(-MostDays) : since;
        var months = Month(Earlier(last ?? today, today).AddDays(-SettlingDays));
        var oldest = Oldest(today);
        return new(months < oldest ? oldest : months, days);
    }

    /// <summary>The closed months that were never asked about, newest first.</summary>
    /// <param name="filledFrom">The oldest month that is known.</param>
    public static IEnumerable<BudgetPeriod> Missing(DateOnly today, DateOnly filledFrom)
    {
        for (var month = Month(filledFrom).AddMonths(-1); month >= Oldest(today); month = month.AddMonths(-1))
            yield return BudgetPeriod.Of(TimeUnit.MONTHLY, month);
    }

    private static DateOnly Oldest(DateOnly today) => Month(today).AddMonths(-MonthsKept);

    private static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
