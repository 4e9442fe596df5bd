namespace BudgetSync.Core.Status;

/// <summary>What AWS says is not there, or may not be used, where a spoke cannot be asked.</summary>
public enum SpokeAbsence
{
    /// <summary>Nothing: it answered, or failed to.</summary>
    None,

    /// <summary>The function, or the right to invoke it: the spoke is older than the question.</summary>
    OfFunction,

    /// <summary>The role by which the hub enters, and with it perhaps the stack.</summary>
    OfRole,
}
