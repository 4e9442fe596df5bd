using Microsoft.Extensions.Time.Testing;

namespace BudgetSync.Testing;

/// <summary>
/// A clock on which every wait ends at once: what is tested is that a wait was asked for and how long, not the waiting. With a time of its own, a wait moves
/// it on; on another clock's time, only that clock moves. A deadline is no wait: it is due when the time has come, and not at all before.
/// </summary>
internal sealed class ImmediateClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<TimeSpan> waits = [];
    private readonly TimeProvider time;
    private readonly FakeTimeProvider? own;

    public ImmediateClock(DateTimeOffset start) => time = own = new FakeTimeProvider(start);

    /// <param name="borrowed">Whose time it is.</param>
    public ImmediateClock(TimeProvider borrowed) => time = borrowed;

    /// <summary>The waits there were.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate) return [.. waits];
        }
    }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public void Advance(TimeSpan by)
    {
        if (own is null) throw new InvalidOperationException("This clock shows another one's time; move that one.");
        own.Advance(by);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // The runtime hands over the source itself where a token is to be cancelled at a time; a delay hands over its promise.
        if (state is CancellationTokenSource) return time.CreateTimer(callback, state, dueTime, period);
        lock (gate) waits.Add(dueTime);
        if (dueTime > TimeSpan.Zero) own?.Advance(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new EndedTimer();
    }

    private sealed class EndedTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
