namespace BudgetSync.LocalAws.Sts;

/// <summary>A token bucket that refills with the clock: so many requests a second, and no more than a second's worth at once.</summary>
internal sealed class RateLimit
{
    private readonly Lock gate = new();
    private readonly double perSecond;
    private readonly TimeProvider time;
    private double tokens;
    private DateTimeOffset filled;

    public RateLimit(double perSecond, TimeProvider time)
    {
        this.perSecond = tokens = perSecond;
        this.time = time;
        filled = time.GetUtcNow();
    }

    /// <summary>True: one token was there and is taken.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            tokens = Math.Min(perSecond, tokens + ((now - filled).TotalSeconds * perSecond));
            filled = now;
            if (tokens < 1) return false;
            tokens--;
            return true;
        }
    }
}
