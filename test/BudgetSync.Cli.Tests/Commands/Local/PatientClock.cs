using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>Every wait ends at once and moves the time on by as much.</summary>
internal sealed class PatientClock(DateTimeOffset start) : TimeProvider
{
    private readonly VirtualClock time = new(start);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero) time.Advance(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return time.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
