namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// Everything the cloud does by itself (polls, deliveries, invocations) passes through here, so that a test can wait until nothing is left to do,
/// and so that a simulation can take the pieces one by one in an order of its choosing.
/// </summary>
public sealed partial class WorkQueue(TimeProvider time, bool stepped)
{
    private readonly Lock gate = new();
    private readonly List<(string Name, Func<Task> Run)> ready = [];
    private readonly Dictionary<long, (DateTimeOffset Due, ITimer Timer)> timers = [];
    private readonly List<Exception> failures = [];
    private long nextTimer;
    private int outstanding;
    private TaskCompletionSource? idle;

    /// <summary>How many pieces are queued, waiting for their time, or running.</summary>
    public int Outstanding
    {
        get
        {
            lock (gate) return outstanding;
        }
    }

    /// <summary>Names of the pieces that could run now; only a stepped queue keeps any.</summary>
    public IReadOnlyList<string> Ready
    {
        get
        {
            lock (gate) return [.. ready.Select(piece => piece.Name)];
        }
    }

    /// <summary>When the next delayed piece is due; null where there is none. A stepped driver moves its clock to this.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate) return timers.Count == 0 ? null : timers.Values.Min(timer => timer.Due);
        }
    }

    /// <summary>Exceptions that escaped a piece of work: bugs of this cloud, never of what runs on it. Tests assert that there are none.</summary>
    public IReadOnlyList<Exception> Failures
    {
        get
        {
            lock (gate) return [.. failures];
        }
    }

    /// <summary>Adds a piece of work to run as soon as possible.</summary>
    public void Post(string name, Func<Task> run)
    {
        lock (gate) outstanding++;
        Start(name, run);
    }

    /// <summary>Adds a piece of work for later. It counts as outstanding from now on: a retry that is due in a minute is not idle.</summary>
    public void PostAfter(string name, TimeSpan delay, Func<Task> run)
    {
        if (delay <= TimeSpan.Zero)
        {
            Post(name, run);
            return;
        }

        lock (gate)
        {
            outstanding++;
            var id = nextTimer++;
            var timer = time.CreateTimer(
                _ =>
                {
                    lock (gate)
                    {
                        if (!timers.Remove(id, out var entry)) return;
                        entry.Timer.Dispose();
                    }

                    Start(name, run);
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            timers.Add(id, (time.GetUtcNow() + delay, timer));
            timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }
}
