namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>A thread of its own for a world: it has no synchronization context, and stack enough for continuations that run in place.</summary>
internal static class WorldThread
{
    private const int Stack = 64 * 1024 * 1024;

    public static T Run<T>(Func<T> run)
    {
        var done = new TaskCompletionSource<T>();
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(run());
                }
#pragma warning disable CA1031 // Carried to the thread that waits.
                catch (Exception thrown)
#pragma warning restore CA1031
                {
                    done.SetException(thrown);
                }
            },
            Stack)
        { IsBackground = true };
        thread.Start();
        return done.Task.GetAwaiter().GetResult();
    }
}
