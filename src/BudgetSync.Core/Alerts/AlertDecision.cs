using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// Which messages follow from what is found and what was told: nothing twice for one key and level, worse is told again, what is Critical or worse after three
/// days again, and what is over once to each channel that was told. It decides by what is, not by what changed: an event that is lost, doubled or late changes
/// nothing. What is to be sent is written down first (<see cref="AccountAlerts.Pending"/>) and struck out when it is sent.
/// </summary>
public static class AlertDecision
{
    public static readonly TimeSpan ReminderEvery = TimeSpan.FromDays(3);

    /// <summary>For how long a topic is tried: as long as EventBridge tries a provider (its user guide, event retry policy).</summary>
    public static readonly TimeSpan TriedFor = TimeSpan.FromHours(24);

    /// <param name="found">What is the matter now, one alert at most for each key.</param>
    /// <param name="routes">Where the account's alerts go.</param>
    /// <param name="channels">Those of the deployment, the operations topic among them.</param>
    /// <param name="over">The message that an alert is over.</param>
    /// <param name="claim">Who asks, and will send what carries this claim.</param>
    public static AccountAlerts Next(
        AccountAlerts before,
        ImmutableArray<Alert> found,
        ImmutableArray<AlertRoute> routes,
        IReadOnlyDictionary<string, Channel> channels,
        Func<OpenAlert, Alert> over,
        string claim,
        DateTimeOffset now)
    {
        var pending = PendingClaims.Claimed(before.Pending, claim, now).ToList();
        var room = new PendingRoom(pending, channels.Count);
        var open = new List<OpenAlert>();
        foreach (var told in before.Open)
        {
            if (found.FirstOrDefault(told.IsOf) is { } still) open.Add(Still(told, still));
            else if (told.Channels.Except(Added(told.Channels, _ => over(told))).Where(channels.ContainsKey).ToImmutableArray() is { IsEmpty: false } left)
                open.Add(told with { Channels = left, Counted = [] });
        }

        foreach (var alert in found.Where(alert => !before.Open.Any(told => told.IsOf(alert))))
        {
            // Whom there is no room for is told later, as one whom a row names from then on.
            if (Added(AlertTakers.Of(alert, routes, channels), _ => alert) is not { IsEmpty: false } who) continue;
            open.Add(new OpenAlert(alert.Kind, alert.Budget, alert.Period)
            {
                Severity = alert.Urgency,
                Levels = AlertNews.Levels([], alert),
                Channels = who,
                ToldAt = now,
                Facts = alert.Facts,
            });
        }

        return before with { Open = [.. open], Pending = [.. pending] };

        OpenAlert Still(OpenAlert told, Alert alert)
        {
            var who = AlertTakers.Of(alert, routes, channels);
            if (AlertNews.Is(told, alert) && !who.IsEmpty)
            {
                var added = Added(who, Worse);
                if (added.IsEmpty) return told;
                return told with
                {
                    Severity = alert.Urgency,
                    Levels = AlertNews.Levels(told.Levels, alert),
                    Channels = Together(told.Channels, added),
                    Counted = [.. told.Counted.Where(channel => !who.Contains(channel, StringComparer.Ordinal))],
                    Behind = [.. who.Where(told.Knows).Except(added)],
                    ToldAt = now,
                    Facts = alert.Facts,
                };
            }

            var late = Added(AlertTakers.Late(told, alert, who), Worse);
            told = Named(told with { Channels = Together(told.Channels, late), Behind = [.. told.Behind.Except(late)] }, alert, who);
            if (alert.Urgency < AlertSeverity.Critical || now - told.ToldAt < ReminderEvery) return told;
            ImmutableArray<string> again =
                [.. who.Where(channel => told.Knows(channel) && !late.Contains(channel) && !channels[channel].IsTicket && !IsNamed(channel))];
            var reminded = Added(again, _ => alert with { Phase = AlertPhase.Reminder });
            if (!again.IsEmpty && reminded.IsEmpty) return told;
            return told with { Behind = Together(told.Behind, [.. again.Except(reminded)]), ToldAt = now, Facts = alert.Facts };

            // Whoever is told the whole story in this very round needs no reminder of it.
            bool IsNamed(string channel) => pending.Exists(message => message.IsLate && message.Channel == channel && message.Alert.DedupKey == alert.DedupKey);

            Alert Worse(string channel) => alert with { Phase = told.Knows(channel) ? AlertPhase.Escalated : AlertPhase.Opened };
        }

        // Whom it was one of many for hears of what needs an action today by name, as soon as an hour of the channel has room; where it is no worse any more
        // than the channel knows it by name, it has heard.
        OpenAlert Named(OpenAlert told, Alert alert, ImmutableArray<string> who)
        {
            if (alert.Urgency < AlertSeverity.Critical || HourText.Format(now) == HourText.Format(told.ToldAt)) return told;
            var counted = who.Where(channel => told.Counted.Contains(channel, StringComparer.Ordinal)
                && (alert.Urgency >= told.Severity || !told.Knows(channel))
                && !pending.Exists(message => message.Channel == channel && message.Alert.DedupKey == alert.DedupKey));
            var named = Added(counted, channel => alert with { Phase = told.Knows(channel) ? AlertPhase.Escalated : AlertPhase.Opened }, isLate: true);
            return told with { Channels = Together(told.Channels, named), Counted = [.. told.Counted.Except(named)] };
        }

        // Those of the channels for which there was room for their message.
        ImmutableArray<string> Added(IEnumerable<string> who, Func<string, Alert> message, bool isLate = false) =>
        [
            .. who.Where(channel => channels.ContainsKey(channel)
                && room.TryAdd(new PendingAlert(channel, message(channel) with { At = now }, claim, now) { IsLate = isLate })),
        ];
    }

    private static EquatableArray<string> Together(EquatableArray<string> one, ImmutableArray<string> other) =>
        [.. one.Concat(other).Distinct(StringComparer.Ordinal)];
}
