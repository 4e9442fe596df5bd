namespace BudgetSync.Core.Status;

/// <summary>What kind of difference was found at rest.</summary>
public enum DriftCode
{
    /// <summary>A budget of the account is not what its parameter says.</summary>
    Budget,

    /// <summary>The parameter itself was changed or deleted, and not by BudgetSync.</summary>
    ParameterChanged,
}

/// <summary>A difference found at rest.</summary>
/// <param name="Message">For people; nothing is decided by it.</param>
public sealed record DriftEntry(DriftCode Code, string Message)
{
    public static DriftEntry ParameterChanged { get; } = new(DriftCode.ParameterChanged, "the parameter was changed or deleted by hand");

    public static DriftEntry OfBudget(string message) => new(DriftCode.Budget, message);
}
