using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>The one line for all that a channel had no room for in the hours since the last one.</summary>
public static class Overflow
{
    /// <param name="hours">In order; one at least.</param>
    public static Alert Of(Channel channel, ImmutableArray<ChannelHour> hours, DateTimeOffset now)
    {
        var more = hours.Sum(hour => hour.More).ToString(CultureInfo.InvariantCulture);
        var (first, last) = (Words(hours[0].Hour), Words(hours[^1].Hour));
        var when = hours.Length == 1 ? $"in the hour from {first} on" : $"in hours from {first} to the one from {last} on";
        var text = $"{more} more alerts were found {when}; the channel {channel.Name} takes {channel.PerHour} an hour one by one, "
            + $"{channel.LoudPerHourOfOne} of one account, {channel.PerHourOfOne} below Critical.";
        return Of(AlertPhase.Opened, channel, hours[^1].Hour, $"and {more} more", text, now);
    }

    /// <summary>That the hour of an earlier line is over.</summary>
    /// <param name="hour">As in <c>2026-11-28T20</c>.</param>
    public static Alert Over(Channel channel, string hour, DateTimeOffset now)
    {
        var text = $"The hour from {Words(hour)} on is over; budgetsync alerts has what {channel.Name} had no room for.";
        return Of(AlertPhase.Resolved, channel, hour, "and more", text, now);
    }

    private static Alert Of(AlertPhase phase, Channel channel, string hour, string level, string text, DateTimeOffset now) =>
        new(AlertKind.Overflow, AlertSeverity.Warning, phase, "", "", Alert.PeriodOf(channel, hour), level, text, now);

    private static string Words(string hour) => hour.Replace('T', ' ') + ":00 UTC";
}
