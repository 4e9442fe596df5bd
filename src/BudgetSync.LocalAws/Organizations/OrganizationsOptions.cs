namespace BudgetSync.LocalAws.Organizations;

/// <summary>How AWS Organizations behaves beyond its fixed rules.</summary>
public sealed record OrganizationsOptions
{
    /// <summary>True: the first page of every listing is empty and carries a NextToken, as AWS says that any page may be.</summary>
    public bool EmptyFirstPages { get; init; }

    /// <summary>False: tags at any rate, for a cloud whose clock stands still while who calls it waits by another.</summary>
    public bool ThrottlesTags { get; init; } = true;

    /// <summary>How long the creation of an account takes, during which its status is IN_PROGRESS. AWS: some minutes.</summary>
    public TimeSpan CreationTime { get; init; }

    /// <summary>
    /// Service control policies per root, unit or account, FullAWSAccess included. AWS: 10, and 5 until 2025 (UG "Quotas for AWS Organizations").
    /// </summary>
    public int PoliciesPerTarget { get; init; } = 10;
}
