using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Spokes;

/// <summary>Why a parameter that is ours alone cannot be written over, where whoever may write it too has seen to that.</summary>
internal static class ParameterObstacle
{
    /// <summary>
    /// Only another parameter of its name can be written: it was made with another type or pattern, or the oldest of the hundred versions that AWS keeps has a
    /// label, and is not dropped for a new one.
    /// </summary>
    public static bool WantsAnother(AwsFault fault) =>
        fault.Code is "HierarchyTypeMismatch" or "ParameterPatternMismatch" or "ParameterMaxVersionLimitExceeded";

    /// <summary>"You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier."</summary>
    public static bool WantsAdvanced(AwsFault fault) =>
        fault is { Kind: FaultKind.Rejected, Code: "Validation" } && fault.Message.Contains("advanced-parameter tier", StringComparison.OrdinalIgnoreCase);
}
