namespace BudgetSync.LocalAws.Kernel;

/// <content>How queued work is run.</content>
public sealed partial class WorkQueue
{
    /// <summary>Runs the ready piece at <paramref name="index"/> (stepped queues only) and returns when it has ended or waits for the clock.</summary>
    public Task RunOneAsync(int index)
    {
        (string Name, Func<Task> Run) piece;
        lock (gate)
        {
            piece = ready[index];
            ready.RemoveAt(index);
        }

        return ContextFree.RunAsync(() => RunAsync(piece.Run));
    }

    /// <summary>Completes when nothing is queued, delayed or running. New work may of course come a moment later.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
        {
            if (outstanding == 0) return Task.CompletedTask;
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }

    private void Start(string name, Func<Task> run)
    {
        if (stepped)
        {
            lock (gate) ready.Add((name, run));
        }
        else
        {
            _ = Task.Run(() => RunAsync(run));
        }
    }

    private async Task RunAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
#pragma warning disable CA1031 // The one catch-all: a piece of work has no caller to throw to.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (gate) failures.Add(exception);
        }
        finally
        {
            TaskCompletionSource? done = null;
            lock (gate)
            {
                outstanding--;
                if (outstanding == 0)
                {
                    done = idle;
                    idle = null;
                }
            }

            done?.SetResult();
        }
    }
}
