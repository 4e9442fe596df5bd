namespace BudgetSync.Core.Ai;

/// <summary>How models are metered in one Region.</summary>
/// <param name="Why">Of <see cref="AiLog.Blind"/>: why; else "".</param>
public sealed record AiRegion(string Name, AiLog Log, string Why)
{
    /// <summary>When the last record came; null: none yet.</summary>
    public DateTimeOffset? LastRecordAt { get; init; }

    /// <summary>Calls of this UTC day that are in no amount, because no price is known.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>Calls of this UTC day whose tokens the log does not tell.</summary>
    public long UncountedCalls { get; init; }

    /// <summary>Records of this UTC day whose caller is not known.</summary>
    public long UnjoinedCalls { get; init; }

    /// <summary>Messages in Meter's dead-letter queue: batches that were not counted, looks that failed; null where that is not known.</summary>
    public long? DeadLetters { get; init; }

    /// <summary>Tokens of this UTC day that went past every log, through <c>bedrock-mantle</c>; null where that is not known.</summary>
    public long? MantleTokens { get; init; }
}

/// <summary>Whose model invocation log is read.</summary>
public enum AiLog
{
    /// <summary>None is read.</summary>
    Blind,

    /// <summary>The one that BudgetSync turned on.</summary>
    Own,

    /// <summary>One that was there before, and stays as it is.</summary>
    Foreign,
}
