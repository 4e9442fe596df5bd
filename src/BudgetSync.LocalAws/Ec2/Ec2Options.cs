namespace BudgetSync.LocalAws.Ec2;

/// <summary>How long instances take (AWS promises nothing; these are what people see), and whether calls are throttled.</summary>
public sealed record Ec2Options
{
    public TimeSpan StartTakes { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan StopTakes { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>False: calls are not throttled, for tests that are about something else and whose clock stands.</summary>
    public bool Throttles { get; init; } = true;
}
