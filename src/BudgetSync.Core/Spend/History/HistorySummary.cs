using System.Globalization;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.History;

/// <summary>What a budget's closed periods say together.</summary>
/// <param name="OverRate">Breached periods of all; null where there is none.</param>
/// <param name="MeanVariancePercent">Of the periods that have one; null where none has.</param>
/// <param name="WorstVariancePercent">The largest of them, which may be below 0.</param>
/// <param name="Streak">How many of the last periods in a row were breached.</param>
public sealed record HistorySummary(
    int Periods,
    int Breached,
    decimal? OverRate,
    decimal? MeanVariancePercent,
    decimal? WorstVariancePercent,
    int Streak,
    ForecastAccuracy Accuracy,
    string Explanation)
{
    /// <param name="results">Oldest first.</param>
    public static HistorySummary Of(IReadOnlyList<PeriodResult> results)
    {
        var accuracy = ForecastAccuracy.Of(
            results.Where(result => result.ForecastAtMiddle is not null).Select(result => (result.ForecastAtMiddle ?? 0, result.Actual)));
        if (results.Count == 0) return new(0, 0, null, null, null, 0, accuracy, "no period has closed yet");
        var breached = results.Count(result => result.Breached);
        var variances = results.Select(result => result.VariancePercent).OfType<decimal>().ToList();
        var (mean, worst) = variances.Count == 0 ? ((decimal?)null, (decimal?)null) : (variances.Sum() / variances.Count, variances.Max());
        return new(
            results.Count,
            breached,
            (decimal)breached / results.Count,
            mean,
            worst,
            results.Reverse().TakeWhile(result => result.Breached).Count(),
            accuracy,
            string.Create(CultureInfo.InvariantCulture, $"over in {breached} of {results.Count} periods")
                + (mean is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {mean:+0.0;-0.0;0.0} % in the mean, {worst:+0.0;-0.0;0.0} % at worst")));
    }
}
