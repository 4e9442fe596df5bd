namespace BudgetSync.LocalAws.Ssm;

/// <summary>How Parameter Store behaves beyond its fixed rules.</summary>
public sealed record SsmOptions
{
    /// <summary>PutParameter calls per second, account and region; 0 is no limit. AWS's default is 3.</summary>
    public int PutParametersPerSecond { get; init; }

    /// <summary>Standard-tier parameters per account and region.</summary>
    public int MaximumStandardParameters { get; init; } = 10_000;
}
