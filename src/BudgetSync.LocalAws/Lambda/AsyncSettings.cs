namespace BudgetSync.LocalAws.Lambda;

/// <summary>What becomes of an asynchronous invocation (Lambda API reference, PutFunctionEventInvokeConfig).</summary>
public sealed record AsyncSettings
{
    /// <summary>How often a failed one is tried again: 0 to 2, after one minute and two more.</summary>
    public int MaximumRetryAttempts { get; init; } = 2;

    /// <summary>60 seconds to 6 hours.</summary>
    public TimeSpan MaximumEventAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>An event bus, SQS queue, SNS topic or function that hears of each success.</summary>
    public string? OnSuccess { get; init; }

    /// <summary>The same for what failed for good, crashes and timeouts included.</summary>
    public string? OnFailure { get; init; }
}
