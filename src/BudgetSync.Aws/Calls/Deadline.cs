namespace BudgetSync.Aws.Calls;

/// <summary>When an invocation ends, whether it is done or not.</summary>
public sealed class Deadline(TimeProvider time, TimeSpan remaining)
{
    private readonly DateTimeOffset end = time.GetUtcNow() + remaining;

    /// <summary>Never more than a quarter of what there was, or a function with a short timeout would never begin.</summary>
    private readonly TimeSpan margin = remaining / 4 < Limits.DeadlineMargin ? remaining / 4 : Limits.DeadlineMargin;

    /// <summary>True when too little is left to begin something new.</summary>
    public bool Near => end - time.GetUtcNow() <= margin;
}
