namespace BudgetSync.Core.Ai;

/// <summary>What a person wants of one budget.</summary>
/// <param name="By">The person's ARN.</param>
public sealed record AiRequest(AiSubject Subject, AiRequestKind Kind, DateTimeOffset At, string By, string Why);

/// <summary>What it is.</summary>
public enum AiRequestKind
{
    /// <summary>That a suspension is taken back, or does not come, for the rest of the window.</summary>
    Restore,

    /// <summary>That one that waits for a person begins.</summary>
    Approve,
}
