namespace BudgetSync.LocalAws.Lambda;

/// <summary>What a function is told about one invocation.</summary>
/// <param name="Deadline">When it is cut off.</param>
public sealed record InvocationContext(string RequestId, string FunctionArn, DateTimeOffset Deadline)
{
    /// <summary>The invocation's trace header, for example <c>Root=1-…</c>.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>Cancelled when the environment is killed. Real functions get no such signal; code that runs in-process may use it to stop.</summary>
    public CancellationToken Killed { get; init; }
}
