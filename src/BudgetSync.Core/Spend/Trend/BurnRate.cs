using System.Globalization;

namespace BudgetSync.Core.Spend.Trend;

/// <summary>
/// What an ordinary day costs now: the median of the last seven days of the period, first of a month left out, and a day that
/// is not over where three others are known: an hour after midnight it has cost next to nothing.
/// </summary>
/// <param name="PerDay">At least 0; null where fewer than three days are known, and <paramref name="Explanation"/> says so.</param>
public sealed record BurnRate(decimal? PerDay, string Explanation)
{
    private const int LastDays = 7;

    /// <summary>Two days are no median, only their mean.</summary>
    private const int FewestDays = 3;

    public static BurnRate Of(PeriodSpend spend)
    {
        var days = Days(spend);
        if (days.Count < FewestDays)
        {
            var why = $"no burn rate: {days.Count} single days of the period are known, {FewestDays} are needed";
            return new(null, why);
        }

        var perDay = Math.Max(0, Statistics.Median(days));
        return new(perDay, string.Create(CultureInfo.InvariantCulture, $"{AmountText.Of(perDay, spend.Unit)} a day: the median of the last {days.Count} days"));
    }

    internal static IReadOnlyCollection<decimal> Days(PeriodSpend spend)
    {
        var known = spend.KnownDays().Where(day => spend.Period.Contains(day.Day) && PeriodSpend.IsOrdinary(day.Day)).ToList();
        var over = known.Where(day => !spend.IsRunning || day.Day != spend.LastDay).ToList();
        return [.. (over.Count >= FewestDays ? over : known).TakeLast(LastDays).Select(day => day.Amount)];
    }
}
