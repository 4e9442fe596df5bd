namespace BudgetSync.Core.Status;

/// <summary>
/// How long to wait before a spoke is tried again. Doubles with every try, so that 2,000 accounts without a stack do not cost 2,000 calls an hour for ever.
/// </summary>
public static class RetryDelay
{
    /// <summary>After the first try. Shorter than an hour, so that the next hourly reconcile takes it up.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(15);

    /// <summary>However often it failed. A day, so that what was deployed yesterday works today without anything being done.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Tries that failed before the state says Failed instead of Pending: about four hours of trouble.</summary>
    public const int TriesBeforeFailed = 5;

    /// <param name="attempts">Tries so far, 1 or more.</param>
    public static TimeSpan After(int attempts)
    {
        var delay = First;
        for (var i = 1; i < attempts && delay < Longest; i++)
            delay *= 2;
        return delay < Longest ? delay : Longest;
    }
}
