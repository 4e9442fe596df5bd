using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.Core.Alerts;

/// <summary>How many messages of an hour a channel had no room for.</summary>
/// <param name="Hour">For example <c>2026-11-28T20</c>, in UTC.</param>
public sealed record ChannelHour(string Hour, long More);

/// <summary>
/// What a channel is told beside the alerts of accounts: how many it had no room for, and its digest. As with those, it is written down together with the
/// message that tells it, so that neither two at once nor one who died tell a sum or a day anew.
/// </summary>
public static class ChannelDecision
{
    /// <summary>Who counts a message at the end of an hour writes it a little later; so long an hour is counted again.</summary>
    private static readonly TimeSpan CountedLate = TimeSpan.FromHours(2);

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(8);

    /// <summary>The first hour that may have something to sum up yet; "" where none was looked at.</summary>
    public static string FirstHour(AccountAlerts before) =>
        Of(before, AlertKind.Overflow).MaxBy(told => told.Period, StringComparer.Ordinal) is { } last && HourText.Parse(last.Period) is { } hour
            ? HourText.Format(hour - CountedLate)
            : "";

    /// <summary>Whether what is counted in this hour only now may come after the last sum that looks at it.</summary>
    public static bool IsLate(string hour, DateTimeOffset now) => string.CompareOrdinal(hour, HourText.Format(now - CountedLate)) < 0;

    /// <summary>The day of the last digest; null where there never was any.</summary>
    public static DateOnly? LastDigest(AccountAlerts before) =>
        Of(before, AlertKind.Digest).Select(told => DayText.Parse(told.Period)).Max();

    /// <summary>One line an hour at most for all that was counted since the last one.</summary>
    /// <param name="hours">Those from <see cref="FirstHour"/> on, before this one.</param>
    public static AccountAlerts Sums(AccountAlerts before, Channel channel, ImmutableArray<ChannelHour> hours, string claim, DateTimeOffset now)
    {
        var claimed = before with { Pending = [.. PendingClaims.Claimed(before.Pending, claim, now)] };
        var told = Of(before, AlertKind.Overflow).ToDictionary(one => one.Period, StringComparer.Ordinal);
        var isTold = told.Values.Any(one => Count(one) > 0 && HourText.Format(one.ToldAt) == HourText.Format(now));
        if (isTold || before.Pending.Any(message => message.Alert.Kind == AlertKind.Overflow)) return claimed;
        claimed = Closed(claimed, channel, claim, now);
        var fresh = hours.Where(hour => !told.TryGetValue(hour.Hour, out var known) || hour.More > Count(known)).ToImmutableArray();
        if (fresh.IsEmpty) return claimed;
        var more = fresh.Select(hour => hour with { More = hour.More - (told.TryGetValue(hour.Hour, out var known) ? Count(known) : 0) })
            .Where(hour => hour.More > 0)
            .ToImmutableArray();
        return claimed with
        {
            Open =
            [
                .. claimed.Open.Where(one => (one.Kind != AlertKind.Overflow || now - one.ToldAt < Remembered)
                    && fresh.All(hour => one.Kind != AlertKind.Overflow || hour.Hour != one.Period)),
                .. fresh.Select(hour => Remember(AlertKind.Overflow, hour.Hour, hour.More.ToString(CultureInfo.InvariantCulture), now) with
                {
                    Channels = channel.Kind == ChannelKind.PagerDuty && !more.IsEmpty && hour.Hour == more[^1].Hour ? [channel.Name] : [],
                }),
            ],
            Pending = more.IsEmpty ? claimed.Pending : [.. claimed.Pending, new PendingAlert(channel.Name, Overflow.Of(channel, more, now), claim, now)],
        };
    }

    /// <summary>PagerDuty has opened an incident for the line: it is resolved by the first round of a later hour.</summary>
    private static AccountAlerts Closed(AccountAlerts before, Channel channel, string claim, DateTimeOffset now) => before with
    {
        Open = [.. before.Open.Select(one => one.Kind == AlertKind.Overflow ? one with { Channels = [] } : one)],
        Pending =
        [
            .. before.Pending,
            .. Of(before, AlertKind.Overflow).Where(one => one.Knows(channel.Name))
                .Select(one => new PendingAlert(channel.Name, Overflow.Over(channel, one.Period, now), claim, now)),
        ],
    };

    /// <summary>The digest of a day, once. An older one that still waits for room is none any more.</summary>
    /// <param name="digest">Null where there is nothing to tell: the day counts as told.</param>
    public static AccountAlerts Digest(AccountAlerts before, Channel channel, DateOnly day, Alert? digest, string claim, DateTimeOffset now)
    {
        var claimed = before with { Pending = [.. PendingClaims.Claimed(before.Pending, claim, now)] };
        if (LastDigest(before) >= day) return claimed;
        return claimed with
        {
            Open = [.. before.Open.Where(one => one.Kind != AlertKind.Digest), Remember(AlertKind.Digest, DayText.Format(day), "", now)],
            Pending =
            [
                .. claimed.Pending.Where(message => message.Alert.Kind != AlertKind.Digest),
                .. digest is null ? [] : new[] { new PendingAlert(channel.Name, digest with { Period = Alert.PeriodOf(channel, digest.Period) }, claim, now) },
            ],
        };
    }

    private static IEnumerable<OpenAlert> Of(AccountAlerts alerts, AlertKind kind) => alerts.Open.Where(told => told.Kind == kind);

    private static OpenAlert Remember(AlertKind kind, string period, string level, DateTimeOffset now) =>
        new(kind, "", period) { Levels = [level], ToldAt = now };

    private static long Count(OpenAlert told) =>
        long.TryParse(told.Levels.LastOrDefault(""), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
