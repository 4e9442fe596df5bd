namespace BudgetSync.Core.Status;

/// <summary>When a report is too old to stand for what is true.</summary>
public static class Staleness
{
    /// <summary>Spokes report daily; two hours of grace for the schedule's own spread and a slow path.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(26);

    /// <summary>True when the spoke has not reported for longer than <see cref="Limit"/>, or never has, since its parameter was written.</summary>
    public static bool IsStale(StatusRow row, DateTimeOffset now) =>
        (row.ReportedAt ?? row.PropagatedAt) is { } heard && now - heard > Limit;
}
