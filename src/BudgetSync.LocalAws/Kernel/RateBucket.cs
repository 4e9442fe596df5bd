namespace BudgetSync.LocalAws.Kernel;

/// <summary>What a throttle lets through: so many calls a second, and a few more at once after a pause.</summary>
/// <param name="perSecond">How many tokens come back in a second.</param>
/// <param name="burst">How many there are at most.</param>
internal sealed class RateBucket(double perSecond, double burst, TimeProvider time)
{
    private readonly Lock gate = new();
    private double taken;
    private DateTimeOffset filled = time.GetUtcNow();

    /// <summary>Takes one token; false where there is none, and none is owed then.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            taken = Math.Max(0, taken - (perSecond * (now - filled).TotalSeconds));
            filled = now;
            if (burst - taken < 1) return false;
            taken++;
            return true;
        }
    }
}
