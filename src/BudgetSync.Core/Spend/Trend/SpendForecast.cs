using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.Core.Spend.Trend;

/// <summary>Where a forecast comes from.</summary>
public enum ForecastBasis
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>AWS Budgets' own, which needs about five weeks of usage.</summary>
    AwsBudgets,

    /// <summary>Ours: each day left costs what its weekday cost.</summary>
    Weekday,

    /// <summary>Ours: each day left costs the burn rate.</summary>
    Linear,
}

/// <summary>What a period will have cost at its end.</summary>
/// <param name="Amount">At least 0, and at least what was spent; null where there is no forecast.</param>
/// <param name="Low">The lower end of the 80 % interval, never below what was spent; null for AWS's own, which comes without one.</param>
public sealed record SpendForecast(ForecastBasis Basis, decimal? Amount, decimal? Low, decimal? High, string Explanation)
{
    /// <summary>Days of history from which weekdays are told apart: two weeks, so that each has come twice.</summary>
    private const int WeekdayHistory = 14;

    /// <summary>Ours: how far back a weekday is looked for. Four weeks of it, and two more for days without a look.</summary>
    private const int DaysBack = 42;

    private const int SameWeekdays = 4;

    private const int FirstsOfMonths = 3;

    /// <summary>Four fifths of a normal distribution lie within ± this many standard deviations: its quantiles of 10 and 90 %.</summary>
    private const decimal EightyPercent = 1.28m;

    /// <summary>AWS's own, as DescribeBudgets answers it.</summary>
    public static SpendForecast OfAws(decimal amount, string unit) =>
        new(ForecastBasis.AwsBudgets, amount, null, null, $"{AmountText.Of(amount, unit)} as AWS Budgets forecasts");

    /// <summary>Ours: F* = A + the days left, each at its weekday's median or at the burn rate.</summary>
    public static SpendForecast Own(PeriodSpend spend)
    {
        var spent = Statistics.Bounded(spend.Actual);
        if (spend.Period.Days == 0 || spend.Day == 0) return None("no forecast before the period's first day");
        if (spend.DaysLeft == 0) return Made(ForecastBasis.Linear, spend, 0, 0, "days left");

        var known = spend.KnownDays().Where(day => day.Day > spend.LastDay.AddDays(-DaysBack)).ToImmutableArray();
        var ordinary = known.Where(day => PeriodSpend.IsOrdinary(day.Day)).ToImmutableArray();
        if (known.Length >= WeekdayHistory && ordinary.Length > 0)
        {
            var weights = Enum.GetValues<DayOfWeek>().ToDictionary(weekday => weekday, weekday => Weight(ordinary, weekday));
            var residuals = ordinary.Select(day => day.Amount - weights[day.Day.DayOfWeek]).ToList();
            var toCome = Sum(spend, day => weights[day.DayOfWeek]);
            return Made(ForecastBasis.Weekday, spend, toCome, Statistics.Mad(residuals), "days left at their weekdays' medians");
        }

        var burn = BurnRate.Of(spend);
        return burn.PerDay is { } perDay
            ? Made(
                ForecastBasis.Linear,
                spend,
                Sum(spend, _ => perDay),
                Statistics.Mad(BurnRate.Days(spend)),
                $"days left at {AmountText.Digits(perDay, spend.Unit)}")
            : None($"no forecast: {burn.Explanation}");
    }

    private static SpendForecast None(string explanation) => new(ForecastBasis.None, null, null, null, explanation);

    private static SpendForecast Made(ForecastBasis basis, PeriodSpend spend, decimal toCome, decimal mad, string rest)
    {
        var spent = Math.Max(0, Statistics.Bounded(spend.Actual));
        var amount = Math.Max(0, Statistics.Bounded(spend.Actual) + toCome);
        var half = EightyPercent * Statistics.DeviationOfMad * mad * Statistics.Root(spend.DaysLeft);
        var (low, high) = (Math.Min(amount, Math.Max(spent, amount - half)), amount + half);
        return new(
            basis,
            amount,
            low,
            high,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{AmountText.Of(amount, spend.Unit)} ({Digits(low)} to {Digits(high)} in 4 of 5 cases): {Digits(spend.Actual)} spent, "
                    + $"{spend.DaysLeft} {rest}"));

        string Digits(decimal some) => AmountText.Digits(some, spend.Unit);
    }

    private static decimal Weight(ImmutableArray<DailyAmount> ordinary, DayOfWeek weekday)
    {
        var same = ordinary.Where(day => day.Day.DayOfWeek == weekday).TakeLast(SameWeekdays).Select(day => day.Amount).ToList();
        return Math.Max(0, Statistics.Median(same.Count > 0 ? same : ordinary.Select(day => day.Amount)));
    }

    /// <summary>The days left; a first of a month among them (quarters and years have some) at what firsts of months cost, where that is known.</summary>
    private static decimal Sum(PeriodSpend spend, Func<DateOnly, decimal> ordinary)
    {
        var firsts = spend.KnownDays().Where(day => !PeriodSpend.IsOrdinary(day.Day)).TakeLast(FirstsOfMonths).Select(day => day.Amount).ToList();
        var first = firsts.Count > 0 ? Math.Max(0, Statistics.Median(firsts)) : (decimal?)null;
        var sum = 0m;
        for (var day = spend.Period.Start.AddDays(spend.Day); day < spend.Period.End; day = day.AddDays(1))
            sum += PeriodSpend.IsOrdinary(day) ? ordinary(day) : first ?? ordinary(day);
        return sum;
    }
}
