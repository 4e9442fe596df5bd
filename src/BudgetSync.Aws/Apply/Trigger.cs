namespace BudgetSync.Aws.Apply;

/// <summary>What made a spoke look. All of them lead to the same work; the log tells which it was.</summary>
public enum Trigger
{
    ParameterChanged,
    Scheduled,
    CustomResource,
    Direct,
}
