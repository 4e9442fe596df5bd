using System.Globalization;

namespace BudgetSync.Core.Spend.Trend;

/// <summary>How long the money lasts at the burn rate: (B − A) / burn.</summary>
/// <param name="Days">0 where nothing is left; null where no day is known or nothing burns.</param>
/// <param name="ExhaustedOn">The day on which the limit is or was reached; null where that is not before the period's end, or not known.</param>
public sealed record Runway(decimal? Days, DateOnly? ExhaustedOn, string Explanation)
{
    public static Runway Of(PeriodSpend spend)
    {
        if (spend.Limit <= 0) return new(null, null, "no runway: there is no limit to run out of");
        var left = Statistics.Bounded(spend.Limit) - Statistics.Bounded(spend.Actual);
        if (left <= 0)
        {
            var reached = ReachedOn(spend);
            return new(0, reached, reached is { } day ? $"ran out on {AmountText.Of(day)}" : "ran out; the day is not known");
        }

        var burn = BurnRate.Of(spend);
        if (burn.PerDay is not { } perDay) return new(null, null, $"no runway: {burn.Explanation}");
        if (perDay == 0 || Statistics.Ratio(left, perDay) is not { } days) return new(null, null, "no runway: an ordinary day costs nothing");
        if (days > spend.DaysLeft)
            return new(days, null, $"lasts beyond the period's end: {AmountText.Of(left, spend.Unit)} left at {AmountText.Of(perDay, spend.Unit)} a day");
        var exhausted = spend.LastDay.AddDays((int)Math.Ceiling(days));
        var early = spend.Period.LastDay.DayNumber - exhausted.DayNumber;
        return new(
            days,
            exhausted,
            string.Create(
                CultureInfo.InvariantCulture,
                $"runs out on {AmountText.Of(exhausted)}, {early} days before the period's last: {AmountText.Of(perDay, spend.Unit)} a day against "
                    + $"{AmountText.Of(spend.Limit / spend.Period.Days, spend.Unit)} planned "
                    + $"({AmountText.Digits(spend.Actual, spend.Unit)} of {AmountText.Of(spend.Limit, spend.Unit)} used by day {spend.Day})"));
    }

    /// <summary>Goes back from today's total, day by day, as long as each day is known, to the first that ended at the limit or above.</summary>
    private static DateOnly? ReachedOn(PeriodSpend spend)
    {
        var days = spend.KnownDays().Where(day => spend.Period.Contains(day.Day)).ToDictionary(day => day.Day, day => day.Amount);
        var total = Statistics.Bounded(spend.Actual);
        DateOnly? reached = null;
        for (var day = spend.LastDay; spend.Period.Contains(day) && days.TryGetValue(day, out var amount); day = day.AddDays(-1))
        {
            if (total >= spend.Limit) reached = total - amount < spend.Limit || day == spend.Period.Start ? day : reached;
            total -= amount;
        }

        return reached;
    }
}
