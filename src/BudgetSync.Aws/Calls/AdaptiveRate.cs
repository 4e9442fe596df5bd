namespace BudgetSync.Aws.Calls;

/// <summary>
/// How fast one of several instances may go that share a quota and do not know of each other, pure: half as fast when the service says it is too much, and a
/// little faster every second until then (additive increase, multiplicative decrease, as TCP shares a line).
/// </summary>
/// <param name="PerSecond">Calls a second from <paramref name="Since"/> on; more as time goes by.</param>
/// <param name="CutAt">When it was last halved.</param>
public readonly record struct AdaptiveRate(double PerSecond, DateTimeOffset Since, DateTimeOffset CutAt)
{
    /// <summary>Calls a second now.</summary>
    public double At(DateTimeOffset now, double fastest) => Math.Min(fastest, PerSecond + (Limits.RateGrowth * Math.Max(0, (now - Since).TotalSeconds)));

    /// <summary>The service refused a call for coming too fast. The refusals of one moment count once.</summary>
    public AdaptiveRate Throttled(DateTimeOffset now, double fastest) =>
        now - CutAt < Limits.RateCutPause ? this : new AdaptiveRate(Math.Max(Limits.SlowestRate, At(now, fastest) / 2), now, now);
}
