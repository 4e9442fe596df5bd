using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.Recommendations;

/// <summary>
/// The next month's amount from the months before, by statistics that one odd month does not move: the median of the last three, the trend of the last six
/// (Theil–Sen), the season of a year ago, and headroom that follows the noise.
/// </summary>
/// <param name="Amount">Unrounded; null where the noise is larger than <see cref="Erratic"/>.</param>
/// <param name="Slope">Per month.</param>
/// <param name="Season">What the month was against its neighbours a year ago; 1 where that is not known.</param>
/// <param name="Noise">The deviation of the last six months, against <paramref name="Level"/>.</param>
/// <param name="Headroom">Added for the noise: 0.22 is 22 %.</param>
public sealed record RobustEstimate(decimal? Amount, decimal Level, decimal Slope, decimal Season, decimal Noise, decimal Headroom)
{
    /// <summary>Noise from which no number is right.</summary>
    public const decimal Erratic = 0.6m;

    private const int LevelMonths = 3;
    private const int TrendMonths = 6;
    private const int SeasonMonths = 13;
    private const decimal SteepestFall = -0.10m;
    private const decimal SteepestRise = 0.20m;
    private const decimal LowestSeason = 0.7m;
    private const decimal HighestSeason = 1.5m;
    private const decimal HeadroomOfNoise = 1.5m;
    private const decimal LeastHeadroom = 0.10m;
    private const decimal MostHeadroom = 0.50m;

    /// <param name="months">Full months, oldest first; at least one.</param>
    public static RobustEstimate Of(IReadOnlyList<decimal> months)
    {
        var level = Math.Max(0, Statistics.Median(months.TakeLast(LevelMonths)));
        var last = months.TakeLast(TrendMonths).ToImmutableArray();
        if (level == 0) return new(0, 0, 0, 1, 0, LeastHeadroom);
        var slope = Math.Clamp(Statistics.TheilSen(last), level * SteepestFall, level * SteepestRise);
        var noise = Statistics.Ratio(Statistics.DeviationOfMad * Statistics.Mad(last), level) ?? 0;
        var season = SeasonOf(months);
        var headroom = Math.Clamp(HeadroomOfNoise * noise, LeastHeadroom, MostHeadroom);
        return new(noise > Erratic ? null : (level + slope) * season * (1 + headroom), level, slope, season, noise, headroom);
    }

    /// <summary>The same month a year ago against the median of it and its four neighbours, as far as they are known.</summary>
    private static decimal SeasonOf(IReadOnlyList<decimal> months)
    {
        if (months.Count < SeasonMonths) return 1;
        var neighbours = Statistics.Median(months.Skip(Math.Max(0, months.Count - 14)).Take(Math.Min(5, months.Count - 9)));
        return neighbours <= 0 ? 1 : Math.Clamp(Statistics.Ratio(months[^12], neighbours) ?? 1, LowestSeason, HighestSeason);
    }
}
