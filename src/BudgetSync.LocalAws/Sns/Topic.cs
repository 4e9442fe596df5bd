using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.Sns;

/// <summary>A topic as it is now: replaced as a whole by a change.</summary>
internal sealed record Topic
{
    /// <summary>Who may do what with it; null where only its own account may.</summary>
    public PolicyDocument? Policy { get; init; }

    public string DisplayName { get; init; } = "";

    /// <summary>The key that encrypts its messages; empty where none does.</summary>
    public string KmsKeyId { get; init; } = "";
}
