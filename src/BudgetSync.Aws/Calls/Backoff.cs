namespace BudgetSync.Aws.Calls;

/// <summary>How long to wait before a try. Pure: the chance comes in as a number.</summary>
public static class Backoff
{
    /// <summary>Full jitter: a random part of a ceiling that doubles with each try (AWS Architecture Blog, "Exponential Backoff And Jitter").</summary>
    /// <param name="failed">Tries that failed so far, at least 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan Wait(int failed, double chance)
    {
        var ceiling = Math.Min(Limits.FirstBackoff.TotalMilliseconds * Math.Pow(2, failed - 1), Limits.LongestBackoff.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(ceiling * chance);
    }
}
