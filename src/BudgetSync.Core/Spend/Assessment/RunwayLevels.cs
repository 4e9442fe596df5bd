using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>
/// When running out is worth telling: at ten, seven and four days, each once in a period, and only where a good part is spent and the money ends before the
/// period's last day. It is over where the money lasts two days longer than that, so that a busy hour does not tell the opposite of the one before.
/// </summary>
internal static class RunwayLevels
{
    private static readonly int[] Levels = [4, 7, 10];

    /// <summary>Below a fifth of the limit a few busy days look like a trend.</summary>
    private const decimal LeastUsed = 0.2m;

    /// <summary>In days, beyond the first level and beyond the period's end.</summary>
    private const int Margin = 2;

    /// <summary>The level reached, in days; null where none is.</summary>
    public static int? Of(PeriodSpend spend, Runway runway)
    {
        if (runway is not { Days: { } days, ExhaustedOn: { } day } || spend.Actual >= spend.Limit) return null;
        if (day >= spend.Period.LastDay || Statistics.Ratio(spend.Actual, spend.Limit) < LeastUsed) return null;
        return Levels.Where(level => days <= level).Select(level => (int?)level).FirstOrDefault();
    }

    /// <summary>True where what was told of the period is no longer so. What is spent to the end does not last again by being spent.</summary>
    public static bool IsOver(PeriodSpend spend, Runway runway) =>
        runway.Days is not { } days || days > Math.Min(Levels[^1], spend.DaysLeft) + Margin;
}
