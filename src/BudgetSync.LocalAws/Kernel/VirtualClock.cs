namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// A clock that stands still until it is moved: for tests and simulations. Timers fire while it moves, in the order they are due, each seeing its own due time;
/// timers due at the same moment fire in the order they were set, so that a run can be repeated exactly.
/// </summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly SortedSet<VirtualTimer> timers = new(Comparer<VirtualTimer>.Create(
        static (timer, virtualTimer) => timer.Due != virtualTimer.Due ? timer.Due.CompareTo(virtualTimer.Due) : timer.Order.CompareTo(virtualTimer.Order)));

    private DateTimeOffset now = start;
    private long nextOrder;

    /// <summary>When the next timer is due; null where none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate) return timers.Min?.Due;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock forward, firing what becomes due on the way.</summary>
    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    /// <summary>Moves the clock to a time, firing what becomes due on the way; a time already past changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        while (TakeDue(time) is { } timer) timer.Fire();
        lock (gate)
        {
            if (time > now) now = time;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private VirtualTimer? TakeDue(DateTimeOffset until)
    {
        lock (gate)
        {
            if (timers.Min is not { } first || first.Due > until) return null;
            timers.Remove(first);
            if (first.Due > now) now = first.Due;
            first.Rearm();
            return first;
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan) Set(clock.now + dueTime);
            }

            return true;
        }

        /// <summary>Sets a periodic timer again; called under the clock's lock.</summary>
        public void Rearm()
        {
            if (period > TimeSpan.Zero) Set(Due + period);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(DateTimeOffset due)
        {
            Due = due;
            Order = clock.nextOrder++;
            clock.timers.Add(this);
        }
    }
}
