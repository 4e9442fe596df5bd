using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Core.Spend.Costs;

/// <summary>The history of all that an account costs, whether it has a budget or not: what Cost Explorer tells, as items of the history table.</summary>
public static class AllCosts
{
    /// <summary>Stands where a budget's name does. No budget has it: AWS allows no colon in a name (API reference, Budget, BudgetName).</summary>
    public const string Name = ":costs";

    /// <summary>
    /// What each account's months had cost by the end of each day. A month's total is what AWS says of the month; the days before it follow from taking away
    /// what each later day cost, so that a correction older than the days asked for shows at once and no error adds up.
    /// </summary>
    /// <param name="months">Totals of months, the present one up to today.</param>
    /// <param name="days">Costs of single days, from <paramref name="daysFrom"/> to today; an account that is not listed on a day cost nothing.</param>
    /// <param name="daysFrom">After today where no days are known: then only the totals are told.</param>
    public static ImmutableDictionary<AccountId, ImmutableArray<HistoryItem>> Items(
        IEnumerable<CostAmount> months,
        IEnumerable<CostAmount> days,
        DateOnly daysFrom,
        DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var ofDay = days.GroupBy(day => (day.Account, day.Period.Start)).ToDictionary(same => same.Key, same => same.Sum(day => day.Amount));
        return months.GroupBy(month => month.Account)
            .ToImmutableDictionary(
                account => account.Key,
                account => account.OrderBy(month => month.Period.Start).SelectMany(month => OfMonth(month, ofDay, daysFrom, today, now)).ToImmutableArray());
    }

    /// <summary>The closed months of an account, of those items that are of all its costs.</summary>
    public static IEnumerable<MonthlyCost> Months(IEnumerable<HistoryItem> items, DateOnly today) => items
        .Where(item => item.Key.BudgetName == Name && item.Period.End <= today && item.Key.Day == item.Period.LastDay && item.Actual is not null)
        .Select(item => new MonthlyCost(item.Period.Start, item.Actual ?? 0));

    /// <summary>Newest first while it counts, oldest first in the answer.</summary>
    private static Stack<HistoryItem> OfMonth(
        CostAmount month,
        Dictionary<(AccountId, DateOnly), decimal> ofDay,
        DateOnly daysFrom,
        DateOnly today,
        DateTimeOffset now)
    {
        var period = BudgetPeriod.Of(TimeUnit.MONTHLY, month.Period.Start);
        var last = period.LastDay < today ? period.LastDay : today;
        var total = month.Amount;
        var items = new Stack<HistoryItem>();
        for (var day = last; day >= period.Start && (day == last || day >= daysFrom); day = day.AddDays(-1))
        {
            items.Push(new HistoryItem
            {
                Key = new(Name, day),
                Period = period,
                Unit = month.Unit,
                Actual = total,
                // The last day of a month that closed is its total; today is not over.
                Estimated = month.Estimated || day == today,
                Source = HistorySource.CostExplorer,
                WrittenAt = now,
            });
            total -= ofDay.GetValueOrDefault((month.Account, day));
        }

        return items;
    }
}
