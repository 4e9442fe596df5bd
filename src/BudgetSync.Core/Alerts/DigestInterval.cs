namespace BudgetSync.Core.Alerts;

/// <summary>
/// How often a channel gets a digest: at six in the morning in UTC, or in the next hour after it in which Notify runs and the channel has room.
/// </summary>
public enum DigestInterval
{
    /// <summary>Every day.</summary>
    Daily,

    /// <summary>Every Monday.</summary>
    Weekly,
}
