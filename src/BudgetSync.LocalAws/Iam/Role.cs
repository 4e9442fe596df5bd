using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Iam;

/// <summary>A role that exists.</summary>
/// <param name="Id">Its unique id (<c>AROA…</c>): a role deleted and created again has another.</param>
/// <param name="Identity">All its permission policies, inline and managed, resolved.</param>
public sealed record Role(string AccountId, string Id, RoleDefinition Definition, ImmutableArray<PolicyDocument> Identity)
{
    public DateTimeOffset Created { get; init; }

    public string Arn => Definition.ArnIn(AccountId);
}
