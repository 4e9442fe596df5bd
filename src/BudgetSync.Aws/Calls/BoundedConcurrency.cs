namespace BudgetSync.Aws.Calls;

/// <summary>
/// Many pieces of work at once up to a bound, without a thread of their own. What we do many times is wait for AWS, and waiting needs no thread:
/// each of the workers starts on the caller's, and goes on wherever its calls come back. Against a cloud that answers at once the pieces therefore run in
/// order on one thread, which is what lets a simulation repeat itself exactly; <see cref="Parallel"/> would hop to the pool.
/// </summary>
public static class BoundedConcurrency
{
    /// <summary>Does the work for each item.</summary>
    /// <param name="atOnce">How many may be under way at the same time.</param>
    /// <exception cref="Exception">What the first piece that failed threw; the others were cancelled, and no further one was begun.</exception>
    public static async Task ForEachAsync<T>(IEnumerable<T> items, int atOnce, Func<T, CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var enumerator = items.GetEnumerator();
        var gate = new Lock();
        var workers = new List<Task>();
        // A worker that comes back at once has taken all there was: the next one would find nothing.
        while (workers.Count < atOnce && workers.All(worker => !worker.IsCompleted)) workers.Add(WorkAsync());
        await Task.WhenAll(workers);

        async Task WorkAsync()
        {
            while (true)
            {
                T item;
                lock (gate)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    if (!enumerator.MoveNext()) return;
                    item = enumerator.Current;
                }

                try
                {
                    await work(item, stop.Token);
                }
                catch
                {
                    // Not CancelAsync, which hops to the pool.
                    stop.Cancel();
                    throw;
                }
            }
        }
    }
}
