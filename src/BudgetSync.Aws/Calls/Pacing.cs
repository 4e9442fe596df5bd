namespace BudgetSync.Aws.Calls;

/// <summary>Keeps calls below a rate: each takes its turn, in order, and waits for it.</summary>
public sealed class Pacing(double perSecond, int burst, TimeProvider time)
{
    private readonly Lock gate = new();
    private TokenBucket bucket;

    public async Task TurnAsync(CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (gate) (bucket, wait) = bucket.Take(time.GetUtcNow(), perSecond, burst);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
    }
}
