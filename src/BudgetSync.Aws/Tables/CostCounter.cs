namespace BudgetSync.Aws.Tables;

/// <summary>What requests of Cost Explorer are made for, each with a bound of its own: what one uses up the other does not lack.</summary>
/// <param name="Key">The beginning of its counters' keys.</param>
/// <param name="Setting">The deployment's setting that bounds it.</param>
public sealed record CostCounter(string Key, string Setting)
{
    /// <summary>What every account costs.</summary>
    public static CostCounter Track { get; } = new("requests", "costRequestsPerDay");

    /// <summary>What made an account's costs rise.</summary>
    public static CostCounter Drivers { get; } = new("drivers", "driverRequestsPerDay");
}
