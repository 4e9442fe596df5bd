namespace BudgetSync.Aws.Spokes;

/// <summary>One version of a parameter.</summary>
/// <param name="Author">
/// ARN of who wrote it, for example <c>arn:aws:sts::111122223333:assumed-role/BudgetSyncSpokeRole/BudgetSync</c>: AWS's own record, in which no writer has a
/// word (Systems Manager API reference, ParameterHistory, LastModifiedUser).
/// </param>
public sealed record WrittenVersion(string Text, long Version, string Author)
{
    /// <summary>When, by AWS's clock; null where AWS does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether a session of this role of the account wrote it; the path of a role is in no ARN of its sessions.</summary>
    public bool IsOf(string partition, string account, string role)
    {
        var sessions = $"arn:{partition}:sts::{account}:assumed-role/{role}";
        return Author == sessions || Author.StartsWith(sessions + "/", StringComparison.Ordinal);
    }
}
