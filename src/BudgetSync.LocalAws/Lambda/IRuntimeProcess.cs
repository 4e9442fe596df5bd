namespace BudgetSync.LocalAws.Lambda;

/// <summary>Something outside this process (or in it, for a test) that talks the Runtime API for one environment. Disposing it kills it.</summary>
public interface IRuntimeProcess : IAsyncDisposable
{
    /// <summary>Completes with the exit code when it ends by itself or is killed.</summary>
    Task<int> Exited { get; }
}
