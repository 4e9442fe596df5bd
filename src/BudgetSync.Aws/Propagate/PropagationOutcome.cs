namespace BudgetSync.Aws.Propagate;

/// <summary>How the propagation of one account ended.</summary>
public enum PropagationOutcome
{
    /// <summary>The parameter was written.</summary>
    Written,

    /// <summary>The parameter was right already.</summary>
    Unchanged,

    /// <summary>The account is left as it is, as its rows or the lack of them say.</summary>
    Untouched,

    /// <summary>The rows are wrong, or SSM refuses the document.</summary>
    Rejected,

    /// <summary>The spoke cannot be reached until something is deployed or permitted.</summary>
    Blocked,

    /// <summary>Something failed that may pass.</summary>
    Retry,
}
