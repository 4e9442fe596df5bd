using BudgetSync.LocalAws.Billing;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>
/// When AWS computes an account's budgets anew: 8 to 12 hours after the last time, each account in steps of its own. A clock that has not rung is no
/// outstanding work.
/// </summary>
internal sealed class RefreshClock(LocalCloud cloud, string accountId, Action refresh) : IDisposable
{
    private readonly Lock gate = new();
    private ITimer? timer;
    private DateTimeOffset due;
    private int step;
    private bool stopped;

    /// <summary>When it rings next.</summary>
    public DateTimeOffset Due
    {
        get
        {
            lock (gate) return due;
        }
    }

    public RefreshClock Start()
    {
        lock (gate) Arm(TimeSpan.Zero);
        return this;
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            timer?.Dispose();
        }
    }

    /// <param name="shortest">The first step may be a short one: an account's refreshes went on before anyone looked.</param>
    private void Arm(TimeSpan shortest)
    {
        var longest = cloud.Options.Budgets.LongestRefresh;
        // The account's digits make its steps its own; Seed makes those of a run.
        var chance = SeededChance.Of(cloud.Options.Seed, (long.Parse(accountId, System.Globalization.CultureInfo.InvariantCulture) * 1024) + step++);
        var wait = shortest + TimeSpan.FromTicks((long)((longest - shortest).Ticks * chance));
        due = cloud.Time.GetUtcNow() + wait;
        timer?.Dispose();
        timer = cloud.Time.CreateTimer(_ => Ring(), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        lock (gate)
        {
            if (stopped) return;
            Arm(cloud.Options.Budgets.ShortestRefresh);
        }

        // As work, so that a test can wait for it and a simulation can put it before or after something else.
        cloud.Work.Post($"refresh budgets {accountId}", () =>
        {
            refresh();
            return Task.CompletedTask;
        });
    }
}
