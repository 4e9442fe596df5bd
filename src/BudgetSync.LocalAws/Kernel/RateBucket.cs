namespace BudgetSync.LocalAws.Kernel;

/// <summary>What a throttle lets through: so many calls a second, and a few more at once after a pause. Guarded by its owner.</summary>
/// <param name="perSecond">How many tokens come back in a second.</param>
/// <param name="burst">How many there are at most.</param>
internal sealed class RateBucket(int perSecond, int burst, TimeProvider time)
{
    private double tokens = burst;
    private DateTimeOffset filled = time.GetUtcNow();

    /// <summary>Takes one token; false where there is none, and none is owed then.</summary>
    public bool TryTake()
    {
        var now = time.GetUtcNow();
        tokens = Math.Min(burst, tokens + (perSecond * (now - filled).TotalSeconds));
        filled = now;
        if (tokens < 1) return false;
        tokens--;
        return true;
    }
}
