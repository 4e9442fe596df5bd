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
    TokenCount Tokens);
