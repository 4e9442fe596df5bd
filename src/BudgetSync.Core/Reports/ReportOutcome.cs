namespace BudgetSync.Core.Reports;

/// <summary>How an apply ended.</summary>
public enum ReportOutcome
{
    /// <summary>The budgets equal the desired ones.</summary>
    Applied,

    /// <summary>AWS does not take it yet (an account younger than about a day, an action in execution): a later apply will do it.</summary>
    Pending,

    /// <summary>The parameter document or a budget in it is wrong, or its name belongs to a foreign budget.</summary>
    Rejected,

    /// <summary>The parameter releases the spoke: nothing was looked at, and nothing changed.</summary>
    Released,

    /// <summary>A call failed for reasons that may pass.</summary>
    Failed,

    /// <summary>
    /// No apply but a look: nothing was compared or changed, only the amounts were read. A management account from before looks takes it for no report.
    /// </summary>
    Looked,
}
