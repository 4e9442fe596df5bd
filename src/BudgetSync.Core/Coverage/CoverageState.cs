namespace BudgetSync.Core.Coverage;

/// <summary>The one word that <c>status</c> gives an account or a row.</summary>
public enum CoverageState
{
    /// <summary>The spoke has what its rows ask for, and said so lately.</summary>
    Applied,

    /// <summary>On its way.</summary>
    Pending,

    /// <summary>No role or no stack in the account.</summary>
    Blocked,

    /// <summary>A row is wrong, or asks for what AWS refuses.</summary>
    Rejected,

    /// <summary>Something broke, and keeps breaking.</summary>
    Failed,

    /// <summary>No recent report.</summary>
    Unchecked,

    /// <summary>No row applies, or it says to leave the account alone.</summary>
    Uncovered,

    /// <summary>A row for an account or OU that the organization does not have (any more), or for an account that is suspended or closing.</summary>
    Orphan,
}
