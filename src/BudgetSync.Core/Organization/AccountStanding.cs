namespace BudgetSync.Core.Organization;

/// <summary>How an account stands in the organization.</summary>
public enum AccountStanding
{
    /// <summary>There is no organization, or it may not be read: an account that a row names is taken at its word.</summary>
    Unknown,

    Active,

    /// <summary>Suspended, closed or on the way there: its role answers no more.</summary>
    Suspended,

    /// <summary>The organization does not have it.</summary>
    Gone,
}
