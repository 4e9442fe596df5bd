namespace BudgetSync.LocalAws.Ssm;

/// <summary>How Parameter Store behaves beyond its fixed rules.</summary>
public sealed record SsmOptions
{
    /// <summary>PutParameter calls per second, account and region; 0 is no limit. AWS's default is 3.</summary>
    public int PutParametersPerSecond { get; init; }

    /// <summary>Standard-tier parameters per account and region.</summary>
    public int MaximumStandardParameters { get; init; } = 10_000;

    /// <summary>
    /// The tier of a PutParameter that names none: <c>Standard</c>, <c>Advanced</c> or <c>Intelligent-Tiering</c>, as the service setting
    /// default-parameter-tier says.
    /// </summary>
    public string DefaultTier { get; init; } = "Standard";
}
