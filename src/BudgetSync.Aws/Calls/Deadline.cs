namespace BudgetSync.Aws.Calls;

/// <summary>When an invocation ends, whether it is done or not.</summary>
public sealed class Deadline(TimeProvider time, TimeSpan remaining)
{
    private readonly DateTimeOffset end = time.GetUtcNow() + remaining;

    /// <summary>True when too little is left to begin something new.</summary>
    public bool Near => end - time.GetUtcNow() < Bounds.DeadlineMargin;
}
