namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// The cloud's time, on which a function's own waits (between tries of one call) end at once: only what the cloud itself waits for moves time.
/// </summary>
internal sealed class PromptClock(TimeProvider cloud) : TimeProvider
{
    public override long TimestampFrequency => cloud.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => cloud.GetUtcNow();

    public override long GetTimestamp() => cloud.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Ended();
    }

    private sealed class Ended : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
