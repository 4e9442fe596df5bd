namespace BudgetSync.Aws.Calls;

/// <summary>Keeps calls below a rate, and well below it while the service says that it is too much: each takes its turn, in order, and waits for it.</summary>
public sealed class AdaptiveRateLimiter(double perSecond, int burst, TimeProvider time)
{
    private readonly Lock gate = new();
    private TokenBucket bucket;
    private AdaptiveRate adaptive = new(perSecond, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
    private Task last = Task.CompletedTask;

    public async Task TurnAsync(CancellationToken cancellation)
    {
        // One after another, so that each turn is given at the rate of its own moment: dozens given in advance would go on as fast, or as slowly, as it was
        // then.
        var turn = new TaskCompletionSource();
        Task before;
        lock (gate) (before, last) = (last, turn.Task);
        try
        {
            await before;
            var wait = Take();
            if (wait > TimeSpan.Zero) await Pause.ForAsync(wait, time, cancellation);
        }
        finally
        {
            turn.SetResult();
        }
    }

    /// <summary>The service refused a call for coming too fast: others share its quota.</summary>
    public void Throttled()
    {
        lock (gate) adaptive = adaptive.Throttled(time.GetUtcNow(), perSecond);
    }

    private TimeSpan Take()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var rate = adaptive.At(now, perSecond);
            // A burst is for the first calls after a pause. Who was told to slow down takes none.
            (bucket, var wait) = bucket.Take(now, rate, rate < perSecond ? 1 : burst);
            return wait;
        }
    }
}
