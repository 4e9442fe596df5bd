namespace BudgetSync.Core.Spend.Costs;

/// <summary>How far Cost Explorer has been asked.</summary>
/// <param name="Day">The last day that was asked about.</param>
/// <param name="FilledFrom">The first of the oldest month that was asked about.</param>
public sealed record TrackRun(DateTimeOffset CompletedAt, DateOnly Day, DateOnly FilledFrom)
{
    /// <summary>Twice a day is asked; an event that comes twice, or a retry of a run that had done its work, must not be paid for.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromHours(6);

    /// <summary>Whether so little time has passed since that the same would be answered.</summary>
    public bool IsRecent(DateTimeOffset now) => now - CompletedAt < Rest;
}
