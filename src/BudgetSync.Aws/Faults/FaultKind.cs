namespace BudgetSync.Aws.Faults;

/// <summary>What a failed AWS call means for us.</summary>
public enum FaultKind
{
    /// <summary>The world is wrong: minutes can heal it. Tried again in place, then by whoever started us.</summary>
    Retry,

    /// <summary>The data is wrong: never again until it changes.</summary>
    Rejected,

    /// <summary>Something must be deployed or permitted first. Reconcile looks again, with growing pauses.</summary>
    Blocked,

    /// <summary>AWS is not ready for this account yet (a new account has no budgets for about a day).</summary>
    Pending,

    /// <summary>The call asked for what is already so: a success.</summary>
    AlreadyDone,

    /// <summary>What we read is no longer so: read again and decide again.</summary>
    Conflict,
}
