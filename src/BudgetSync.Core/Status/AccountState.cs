namespace BudgetSync.Core.Status;

/// <summary>Where one account's budgets stand, as the status table holds it.</summary>
public enum AccountState
{
    /// <summary>Work is under way or will be tried again: nothing is known to be wrong for good.</summary>
    Pending,

    /// <summary>The parameter holds the desired budgets; the spoke has not said yet that it applied them.</summary>
    Propagated,

    /// <summary>The spoke reported that its budgets equal the desired ones.</summary>
    Applied,

    /// <summary>The spoke cannot be reached for lack of its role or stack: something must be deployed or permitted first.</summary>
    Blocked,

    /// <summary>The row, or what it asks of the spoke, is wrong: never tried again until the row changes.</summary>
    Rejected,

    /// <summary>Something broke, again and again; still tried, ever more rarely.</summary>
    Failed,

    /// <summary>No recent report: what is true in the account is not known.</summary>
    Unchecked,

    /// <summary>No row applies to the account, or its row says to leave it as it is.</summary>
    Uncovered,

    /// <summary>A row for an account that the organization does not have (any more), or that is suspended or closing.</summary>
    Orphan,
}
