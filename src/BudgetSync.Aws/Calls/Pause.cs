namespace BudgetSync.Aws.Calls;

/// <summary>
/// A wait by the injected clock. <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/> ends a wait that is cancelled on the thread pool, where
/// one function's work overlaps another's in no order that a seed could replay; this one ends where it is cancelled, as all other waits do.
/// </summary>
internal static class Pause
{
    /// <param name="length">Counted in whole milliseconds, as by Task.Delay.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task ForAsync(TimeSpan length, TimeProvider time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var whole = TimeSpan.FromMilliseconds((long)length.TotalMilliseconds);
        if (whole <= TimeSpan.Zero) return;
        var over = new TaskCompletionSource();
        using var timer = time.CreateTimer(_ => over.TrySetResult(), null, whole, Timeout.InfiniteTimeSpan);
        // Not awaited when it is disposed of: what it runs is this very method's end.
        using var ended = cancellation.UnsafeRegister(_ => over.TrySetCanceled(cancellation), null);
        await over.Task;
    }
}
