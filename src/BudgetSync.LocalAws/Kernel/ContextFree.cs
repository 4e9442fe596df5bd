namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// Runs what waits for other work without the caller's <see cref="SynchronizationContext"/>. What was waited for then lets it go on at once, where the answer
/// came from; a context would have put that off to a thread of its own, and a driver that sees nothing ready would have moved its clock in between. Whoever
/// steps a cloud begins by this what it then waits for.
/// </summary>
public static class ContextFree
{
    public static Task RunAsync(Func<Task> run) => Run(run);

    public static Task<T> RunAsync<T>(Func<Task<T>> run) => Run(run);

    private static T Run<T>(Func<T> run)
        where T : Task
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
