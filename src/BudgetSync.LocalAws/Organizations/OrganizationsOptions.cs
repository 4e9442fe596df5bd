namespace BudgetSync.LocalAws.Organizations;

/// <summary>How AWS Organizations behaves beyond its fixed rules.</summary>
public sealed record OrganizationsOptions
{
    /// <summary>True: the first page of every listing is empty and carries a NextToken, as AWS says that any page may be.</summary>
    public bool EmptyFirstPages { get; init; }
}
