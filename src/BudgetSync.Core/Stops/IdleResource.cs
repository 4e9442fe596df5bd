namespace BudgetSync.Core.Stops;

/// <summary>
/// That AWS Compute Optimizer found a resource idle: of an instance or group, a peak of CPU below 5 % and less than 5 MB of network a day over 14 days.
/// Source: Compute Optimizer user guide, "Viewing idle resource recommendations", "Idle criteria per resource".
/// </summary>
/// <param name="RefreshedAt">When it looked; it does so daily.</param>
public sealed record IdleResource(string Arn, DateTimeOffset RefreshedAt)
{
    /// <summary>An older finding says nothing of today: it is refreshed every day.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(3);

    /// <summary>Whether the resource is idle now. What was started after AWS looked is somebody's wish.</summary>
    public bool Holds(StoppableResource resource, DateTimeOffset now) =>
        Arn == resource.Arn && RefreshedAt > now - Oldest && !(resource.StartedAt > RefreshedAt);
}
