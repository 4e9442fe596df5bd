namespace BudgetSync.LocalAws.Iam;

/// <summary>A service-specific credential of a user: a long-term API key of Bedrock, for one.</summary>
/// <param name="Id">20 or more letters and digits (<c>ACCA…</c>).</param>
/// <param name="Status">Active or Inactive.</param>
public sealed record ServiceCredential(string AccountId, string UserName, string Id, string ServiceName, string Status, DateTimeOffset Created)
{
    public DateTimeOffset? Expires { get; init; }
}
