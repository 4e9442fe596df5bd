namespace BudgetSync.Core.Status;

/// <summary>
/// An event about money that is to be told to the bus. It is kept in the status row from the write that found it until the bus has taken it, so that a crash in
/// between tells it twice at worst, and never not at all.
/// </summary>
/// <param name="Kind">The detail-type, one of the constants.</param>
/// <param name="Detail">JSON.</param>
public sealed record SpendEvent(string Kind, string Detail)
{
    /// <summary>A budget went from one state of spending to another.</summary>
    public const string StateChanged = "BudgetSync Spend State Changed";

    /// <summary>AWS says that a notification of a budget went into ALARM.</summary>
    public const string ThresholdCrossed = "BudgetSync Threshold Crossed";

    /// <summary>AWS says that a notification of a budget is out of ALARM.</summary>
    public const string ThresholdCleared = "BudgetSync Threshold Cleared";

    /// <summary>At the present rate the limit is reached within ten, seven or four days.</summary>
    public const string RunningOut = "BudgetSync Spend Running Out";

    /// <summary>A restriction of the account went from one state to another.</summary>
    public const string RestrictionChanged = "BudgetSync Restriction Changed";

    /// <summary>A report would free the account, and its spoke is to be asked itself.</summary>
    public const string ReportDoubted = "BudgetSync Report Doubted";

    /// <summary>A budget of models of the account went from one state to another.</summary>
    public const string AiChanged = "BudgetSync AI Changed";
}
