using System.Globalization;

namespace BudgetSync.Core.Spend.Trend;

/// <summary>How far forecasts made in the middle of a period were from what it cost in the end.</summary>
/// <param name="Error">The median of |forecast − final| / final, at least 0; null where no closed period had a forecast and a cost.</param>
/// <param name="Periods">How many periods it is of.</param>
public sealed record ForecastAccuracy(decimal? Error, int Periods, string Explanation)
{
    /// <param name="periods">Of each closed period the forecast at its middle and its final cost, in one unit.</param>
    public static ForecastAccuracy Of(IEnumerable<(decimal Forecast, decimal Final)> periods)
    {
        var errors = periods.Select(period => ErrorOf(period.Forecast, period.Final)).OfType<decimal>().ToList();
        if (errors.Count == 0) return new(null, 0, "forecasts not judged yet: no closed period had one at its middle and a cost in the end");
        var error = Statistics.Median(errors);
        return new(
            error,
            errors.Count,
            string.Create(CultureInfo.InvariantCulture, $"forecasts at mid-period were {AmountText.Percent(error)} off (median of {errors.Count} periods)"));
    }

    /// <summary>|F − final| / final; null where the period cost nothing, for there is nothing to be a part of.</summary>
    public static decimal? ErrorOf(decimal forecast, decimal final) =>
        final <= 0 ? null : Statistics.Ratio(Math.Abs(Statistics.Bounded(forecast) - Statistics.Bounded(final)), final);
}
