using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>
/// When a forecast is more than a guess: from the seventh day on, and when the low end of our own agrees with AWS's or AWS's has been there for two looks at
/// least twenty hours apart. Without AWS's, our own low end decides alone.
/// </summary>
public static class SettledForecast
{
    private const int FirstDay = 7;

    private static readonly TimeSpan Apart = TimeSpan.FromHours(20);

    /// <param name="bound">In percent of the limit; null settles nothing.</param>
    /// <param name="aws">AWS's forecast.</param>
    /// <param name="since">Since when every look has found AWS's forecast there; null where this is the first.</param>
    /// <param name="trusted">False where the amounts are held or blind: then this is no second look.</param>
    internal static bool Reaches(decimal? bound, PeriodSpend spend, decimal? aws, SpendForecast own, DateTimeOffset? since, DateTimeOffset at, bool trusted)
    {
        if (bound is not { } percent || spend.Day < FirstDay) return false;
        var ours = own.Low is { } low && IsAt(low, spend.Limit, percent);
        if (aws is not { } forecast) return ours;
        return IsAt(forecast, spend.Limit, percent) && (ours || (trusted && at - since >= Apart));
    }

    /// <summary>The memory's next value: since when AWS's forecast has been at the bound.</summary>
    internal static DateTimeOffset? Since(decimal? bound, decimal? aws, decimal limit, DateTimeOffset? before, DateTimeOffset at) =>
        bound is { } percent && aws is { } forecast && IsAt(forecast, limit, percent) ? before ?? at : null;

    private static bool IsAt(decimal amount, decimal limit, decimal percent) => Statistics.Ratio(amount, limit) * 100 >= percent;
}
