using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Iam;

/// <summary>A role as its owner defines it: who may assume it, and what it may do.</summary>
/// <param name="Name">1 to 64 characters.</param>
/// <param name="Trust">The trust policy (AssumeRolePolicyDocument).</param>
public sealed record RoleDefinition(string Name, PolicyDocument Trust)
{
    /// <summary>Begins and ends with a slash. Part of the role's ARN, not of its sessions' ARNs.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Inline policies by name.</summary>
    public ImmutableDictionary<string, PolicyDocument> Inline { get; init; } = ImmutableDictionary<string, PolicyDocument>.Empty;

    /// <summary>
    /// Attached managed policies: AWS's own that <see cref="ManagedPolicies"/> knows, or ones put with <see cref="IamService.PutManagedPolicy"/>.
    /// </summary>
    public ImmutableArray<string> ManagedPolicyArns { get; init; } = [];

    /// <summary>Its tags, which are <c>aws:PrincipalTag/…</c> in the conditions of its calls.</summary>
    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The longest session (MaxSessionDuration): 1 to 12 hours.</summary>
    public TimeSpan MaximumSession { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The ARN this role has in an account.</summary>
    public string ArnIn(string accountId) => $"arn:aws:iam::{accountId}:role{Path}{Name}";
}
