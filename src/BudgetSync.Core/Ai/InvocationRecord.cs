namespace BudgetSync.Core.Ai;

/// <summary>One call of a model, as Bedrock's model invocation log tells it (Bedrock user guide, "Monitor model invocation using CloudWatch Logs").</summary>
/// <param name="RequestId">What makes two records one: Bedrock, CloudWatch and Lambda each deliver at least once.</param>
/// <param name="Operation"><c>InvokeModel</c>, <c>Converse</c> …; one that is not known counts like any other.</param>
/// <param name="ModelId">As the caller wrote it: a model, a profile or an ARN (<see cref="BedrockModel"/>).</param>
/// <param name="IdentityArn">Who called; "" where the record does not say.</param>
public sealed record InvocationRecord(
    string RequestId,
    DateTimeOffset At,
    AccountId Account,
    string Region,
    string Operation,
    string ModelId,
    string IdentityArn,
    TokenCount Tokens)
{
    /// <summary>Why the call failed; "" where it did not. Of such a call the record has no counts.</summary>
    public string ErrorCode { get; init; } = "";

    /// <summary>The record says how many tokens came out; an embedding's does not.</summary>
    public bool HasOutputCount { get; init; } = true;

    /// <summary>
    /// True: nothing was answered, so that nothing is paid. A stream that broke off (<c>ModelStreamErrorException</c>, InvokeModelWithResponseStream) was
    /// answered in part.
    /// </summary>
    public bool HasFailed => ErrorCode.Length > 0 && !ErrorCode.StartsWith("ModelStreamError", StringComparison.Ordinal);
}
