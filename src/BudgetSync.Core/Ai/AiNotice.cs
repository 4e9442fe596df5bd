namespace BudgetSync.Core.Ai;

/// <summary>Something to tell of one budget.</summary>
/// <param name="Text">A sentence: <c>BedrockAPIKey-ab12 of 111122223333 has used $0.93 of $1 (93 %), mostly amazon.nova-pro-v1:0 in us-east-1</c>.</param>
public sealed record AiNotice(AiNoticeKind Kind, AiSubject Subject, string Text);

/// <summary>What it is about.</summary>
public enum AiNoticeKind
{
    Warned,
    Critical,

    /// <summary>The limit is reached, and nobody is suspended for it.</summary>
    Exceeded,

    /// <summary>The limit is reached, and the suspension waits for a person.</summary>
    AwaitingApproval,

    /// <summary>The limit is reached, and the suspension comes after its grace.</summary>
    Planned,
    Suspended,

    /// <summary>A suspension was undone from outside.</summary>
    Undone,
    Restored,

    /// <summary>IAM did not do what was asked.</summary>
    Refused,

    /// <summary>Suspensions are due and do not begin.</summary>
    HeldBack,
}
