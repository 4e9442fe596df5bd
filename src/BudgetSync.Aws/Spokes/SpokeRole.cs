using BudgetSync.Core;

namespace BudgetSync.Aws.Spokes;

/// <summary>The role that every spoke has for us.</summary>
/// <param name="Partition">For example <c>aws</c>.</param>
/// <param name="Name">With its path where it has one: <c>budgets/BudgetSyncSpokeRole</c>.</param>
/// <param name="ExternalId">What the role's trust policy asks for.</param>
public sealed record SpokeRole(string Partition, string Name, string ExternalId)
{
    /// <summary>Its name in the ARNs of its sessions, which have no path.</summary>
    public string SessionName => Name[(Name.LastIndexOf('/') + 1)..];

    public string Arn(AccountId account) => $"arn:{Partition}:iam::{account}:role/{Name.TrimStart('/')}";
}
