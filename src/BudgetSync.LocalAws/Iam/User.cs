using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Iam;

/// <summary>An IAM user that exists.</summary>
/// <param name="Id">Its unique id (<c>AIDA…</c>).</param>
/// <param name="Identity">All its permission policies, inline and managed, resolved.</param>
public sealed record User(string AccountId, string Id, string Name, ImmutableArray<PolicyDocument> Identity)
{
    /// <summary>Begins and ends with a slash.</summary>
    public string Path { get; init; } = "/";

    public DateTimeOffset Created { get; init; }

    public ImmutableArray<PolicyDocument> Inline { get; init; } = [];

    public ImmutableArray<string> ManagedPolicyArns { get; init; } = [];

    public string Arn => $"arn:aws:iam::{AccountId}:user{Path}{Name}";
}
