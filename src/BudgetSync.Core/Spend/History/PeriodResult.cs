using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.History;

/// <summary>How a closed period ended, against what it was allowed.</summary>
/// <param name="Variance">A − B: above 0 is too much.</param>
/// <param name="VariancePercent">100 · (A − B)/B; null where the limit was not above 0.</param>
/// <param name="FirstDayOver">The first day that was seen above the limit; null where none was, or where nothing is known before the end.</param>
/// <param name="DaysOver">How many days it was above; a day without a look is as the one before it. Null as <paramref name="FirstDayOver"/>.</param>
/// <param name="Highest">The loudest state of its days.</param>
/// <param name="ForecastAtMiddle">The forecast made nearest to the middle of the period; null where none was made in its middle half.</param>
/// <param name="Final">False while AWS may still change the amount, or where only an earlier day than the last is known.</param>
public sealed record PeriodResult(
    BudgetPeriod Period,
    string Unit,
    decimal Limit,
    decimal Actual,
    decimal Variance,
    decimal? VariancePercent,
    bool Breached,
    DateOnly? FirstDayOver,
    int? DaysOver,
    SpendState Highest,
    decimal? ForecastAtMiddle,
    bool Final)
{
    /// <summary>Of each period of one budget that has closed by <paramref name="today"/> and whose limit and cost are known, oldest first.</summary>
    /// <param name="items">Merged ones of one budget, in any order.</param>
    public static ImmutableArray<PeriodResult> Of(IEnumerable<HistoryItem> items, DateOnly today) =>
    [
        .. items.Where(item => item.Period.Days > 0 && item.Period.End <= today && item is { Actual: not null, Limit: not null })
            .GroupBy(item => item.Period)
            .OrderBy(period => period.Key.Start)
            .Select(period => One(period.Key, [.. period.OrderBy(item => item.Key.Day)])),
    ];

    private static PeriodResult One(BudgetPeriod period, ImmutableArray<HistoryItem> days)
    {
        var last = days[^1];
        var (limit, actual) = (Statistics.Bounded(last.Limit ?? 0), Statistics.Bounded(last.Actual ?? 0));
        var over = days.FirstOrDefault(day => day.Actual > day.Limit);
        // The only item of a period is its end: when it went over is not known then, unless the period is a day.
        var since = over is not null && (over != days[0] || over.Key.Day == period.Start) ? over.Key.Day : (DateOnly?)null;
        return new(
            period,
            last.Unit,
            limit,
            actual,
            actual - limit,
            limit > 0 ? Statistics.Ratio(actual - limit, limit) * 100 : null,
            actual > limit,
            since,
            since is null ? null : CountOver(period, days),
            days.Max(day => day.State),
            AtMiddle(period, days),
            !last.Estimated && last.Key.Day == period.LastDay);
    }

    private static int CountOver(BudgetPeriod period, ImmutableArray<HistoryItem> days) =>
        days.Select((day, index) => (Over: day.Actual > day.Limit, From: day.Key.Day, To: index + 1 < days.Length ? days[index + 1].Key.Day : period.End))
            .Where(stretch => stretch.Over)
            .Sum(stretch => stretch.To.DayNumber - stretch.From.DayNumber);

    private static decimal? AtMiddle(BudgetPeriod period, ImmutableArray<HistoryItem> days) => days
        .Where(day => day.Forecast is not null)
        .Select(day => (day.Forecast, Day: period.DayOf(day.Key.Day)))
        .Where(day => 4 * day.Day >= period.Days && 4 * day.Day <= 3 * period.Days)
        .OrderBy(day => Math.Abs((2 * day.Day) - period.Days))
        .ThenBy(day => day.Day)
        .Select(day => day.Forecast)
        .FirstOrDefault();
}
