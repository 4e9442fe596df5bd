using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>The one line for all that a channel had no room for in an hour.</summary>
public static class Overflow
{
    /// <param name="hour">For example <c>2026-11-28T20</c>, in UTC.</param>
    public static Alert Of(Channel channel, string hour, long more, DateTimeOffset now) => new(
        AlertKind.Overflow,
        AlertSeverity.Warning,
        AlertPhase.Opened,
        "",
        "",
        hour,
        $"and {more} more",
        $"{more} more alerts were found in the hour from {hour.Replace('T', ' ')}:00 UTC on; the channel {channel.Name} takes {channel.PerHour} an hour one by "
            + "one.",
        now);
}
