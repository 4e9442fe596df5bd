namespace BudgetSync.Aws.Calls;

/// <summary>The arithmetic of a token bucket, pure: when may the next call be made, and what does the bucket look like then.</summary>
/// <param name="FreeFrom">The theoretical arrival time of the next call (generic cell rate algorithm): as far in the past as the burst allows.</param>
public readonly record struct TokenBucket(DateTimeOffset FreeFrom)
{
    /// <summary>Takes a token at <paramref name="now"/>.</summary>
    /// <returns>The bucket afterwards, and how long the taker has to wait.</returns>
    public (TokenBucket After, TimeSpan Wait) Take(DateTimeOffset now, double perSecond, int burst)
    {
        var interval = TimeSpan.FromSeconds(1 / perSecond);
        var earliest = now - (interval * (burst - 1));
        var turn = FreeFrom > earliest ? FreeFrom : earliest;
        return (new TokenBucket(turn + interval), turn > now ? turn - now : TimeSpan.Zero);
    }
}
