using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>
/// Lets the time of a stepped cloud pass: whatever becomes due on the way happens at its own moment, as far as this machine is concerned at once. All of it
/// happens on the caller's thread.
/// </summary>
internal sealed class LapseDriver(LocalCloud cloud, VirtualClock clock)
{
    /// <summary>Works until the task has ended, moving the clock where everything waits for it.</summary>
    public async Task UntilDoneAsync(Task task, CancellationToken cancellation)
    {
        while (!task.IsCompleted)
        {
            cancellation.ThrowIfCancellationRequested();
            if (RunOne()) continue;
            // Whatever neither runs nor waits for the clock is on another thread for a moment.
            if (clock.NextDue is { } due) clock.AdvanceTo(due);
            else await Task.Yield();
        }

        await task;
    }

    /// <summary>Works until nothing is under way any more, as after an edit.</summary>
    public void Settle(CancellationToken cancellation)
    {
        while (cloud.Work.Outstanding > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!RunOne() && clock.NextDue is { } due) clock.AdvanceTo(due);
        }
    }

    /// <summary>Lets time pass until a moment. What is under way then goes on the next time.</summary>
    public void PassUntil(DateTimeOffset until, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (RunOne()) continue;
            if (clock.NextDue is not { } due || due > until) break;
            clock.AdvanceTo(due);
        }

        clock.AdvanceTo(until);
    }

    private bool RunOne()
    {
        if (cloud.Work.Ready.Count == 0) return false;
        // Not awaited: a piece that waits for the clock goes on when the clock gets there.
        _ = cloud.Work.RunOneAsync(0);
        return true;
    }
}
