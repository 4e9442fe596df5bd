using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Bedrock;

/// <summary>One call of a model: who calls what, and how many tokens it takes. Nothing is asked and nothing answered.</summary>
/// <param name="ModelId">As the caller writes it: a model's id, an inference profile's id or the ARN of either.</param>
public sealed record ModelCall(Caller Caller, string ModelId, long InputTokens, long OutputTokens)
{
    /// <summary>For example <c>InvokeModel</c>, <c>ConverseStream</c>; whatever it is, IAM is asked about <c>bedrock:InvokeModel</c>.</summary>
    public string Operation { get; init; } = "Converse";

    /// <summary>Null is the cloud's home region.</summary>
    public string? Region { get; init; }

    /// <summary>Where a cross-region profile sent the call; null where that is the Region of the call.</summary>
    public string? InferenceRegion { get; init; }

    public long CacheReadTokens { get; init; }

    public long CacheWriteTokens { get; init; }

    /// <summary>False: the record has no counts of tokens, as of what is not paid by them.</summary>
    public bool HasCounts { get; init; } = true;

    /// <summary>Why the model did not answer: the record has this, and of input and output nothing. Null where it did.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The long-term API key that the call is made with; null for one that is signed.</summary>
    public string? ApiKeyId { get; init; }
}
