namespace BudgetSync.Aws.Apply;

/// <summary>What made a spoke look. All of them lead to the same work; the log tells which it was.</summary>
public enum Trigger
{
    ParameterChanged,
    Scheduled,
    CustomResource,
    Direct,

    /// <summary>A look found that a budget counts something else than it should.</summary>
    Altered,
}
