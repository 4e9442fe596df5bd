using System.Collections.Immutable;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// A table's stream as the source of a function's invocations (Lambda developer guide, "Lambda parameters for Amazon DynamoDB event source mappings").
/// The defaults are AWS's own, which let one poison record block its shard.
/// </summary>
/// <param name="Id">Unique in its account and region.</param>
/// <param name="FunctionName">A function of the same account and region.</param>
public sealed record EventSourceMapping(string AccountId, string Id, string FunctionName, string StreamArn)
{
    /// <summary>The stream's region, and so the function's.</summary>
    public string Region => Arn.TryParse(StreamArn, out var stream) ? stream.Region : "";

    /// <summary>1 to 10,000 records per invocation.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How long to wait for a batch to fill: 0 to 300 seconds.</summary>
    public TimeSpan BatchingWindow { get; init; } = TimeSpan.Zero;

    /// <summary>1 to 10 batches of a shard at once; each item's records stay in order.</summary>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>True: TRIM_HORIZON, from the oldest record kept. False: LATEST, only what comes from now on.</summary>
    public bool FromTrimHorizon { get; init; } = true;

    /// <summary>-1 (without end) to 10,000.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>60 seconds to 7 days; null for no limit but the stream's own 24 hours.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    public bool BisectBatchOnFunctionError { get; init; }

    /// <summary>Whether the function's answer names what failed. Without it the answer is ignored.</summary>
    public bool ReportBatchItemFailures { get; init; }

    /// <summary>The SQS queue or SNS topic that hears of batches given up; null discards them.</summary>
    public string? OnFailure { get; init; }

    /// <summary>A record is delivered if one of these matches it; none delivers all.</summary>
    public ImmutableArray<EventPattern> Filters { get; init; } = [];

    public bool Enabled { get; init; } = true;
}
