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

    /// <summary>
    /// Ends, and as many others: an item of DynamoDB holds 400 KB, and a message at its largest takes some 10 KB here. What finds no room is found again. They
    /// are bounded apart, because ends wait for an hour with room and would keep what begins from being told.
    /// </summary>
    private const int MostPending = 15;

    /// <summary>Levels that an alert remembers having told, the last ones: a budget has ten notifications at most, and a report may say anything.</summary>
    private const int MostLevels = 20;

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
        var pending = PendingAlerts.Claimed(before.Pending, claim, now).ToList();
        var open = new List<OpenAlert>();
        foreach (var told in before.Open)
        {
            if (found.FirstOrDefault(told.IsOf) is { } still) open.Add(Still(told, still));
            else if (!TryAdd(told.Channels, told, _ => over(told))) open.Add(told);
        }

        foreach (var alert in found.Where(alert => !before.Open.Any(told => told.IsOf(alert))))
        {
            var fresh = new OpenAlert(alert.Kind, alert.Budget, alert.Period);
            var who = Takers(alert, routes, channels);
            if (who.IsEmpty || !TryAdd(who, fresh, _ => alert)) continue;
            open.Add(fresh with { Severity = alert.Severity, Levels = [alert.Level], Channels = who, ToldAt = now });
        }

        return before with { Open = [.. open], Pending = [.. pending] };

        OpenAlert Still(OpenAlert told, Alert alert)
        {
            var who = Takers(alert, routes, channels);
            if (alert.Severity >= told.Severity && !told.Levels.Contains(alert.Level, StringComparer.Ordinal) && !who.IsEmpty)
            {
                if (!TryAdd(who, told, channel => alert with { Phase = Knows(told, channel) ? AlertPhase.Escalated : AlertPhase.Opened })) return told;
                return told with
                {
                    Severity = alert.Severity,
                    Levels = [.. told.Levels.TakeLast(MostLevels - 1), alert.Level],
                    Channels = Together(told.Channels, who),
                    Counted = [.. told.Counted.Where(channel => !who.Contains(channel, StringComparer.Ordinal))],
                    ToldAt = now,
                };
            }

            // A row that names a channel from now on wants it to know what is open.
            ImmutableArray<string> newly = [.. who.Where(channel => !Knows(told, channel) && !told.Counted.Contains(channel, StringComparer.Ordinal))];
            if (!newly.IsEmpty && TryAdd(newly, told, _ => alert)) told = told with { Channels = Together(told.Channels, newly) };
            if (alert.Severity < AlertSeverity.Critical || now - told.ToldAt < ReminderEvery) return told;
            ImmutableArray<string> again = [.. who.Where(channel => Knows(told, channel) && !channels[channel].IsTicket)];
            if (!again.IsEmpty && !TryAdd(again, told, _ => alert with { Phase = AlertPhase.Reminder })) return told;
            return told with { ToldAt = now };
        }

        bool TryAdd(IReadOnlyCollection<string> who, OpenAlert told, Func<string, Alert> message)
        {
            var known = who.Where(channels.ContainsKey).ToList();
            var messages = known.Select(channel => new PendingAlert(channel, message(channel) with { At = now }, claim, now)).ToList();
            var waiting = messages.Count == 0 ? 0 : pending.Count(other => IsEnd(other) == IsEnd(messages[0]));
            // One alert for more channels than that has room where nothing else waits.
            if (waiting > 0 && waiting + messages.Count > MostPending) return false;
            pending.AddRange(messages);
            return true;
        }
    }

    /// <summary>Whether something found no room among what is to be sent: asked again when that is sent.</summary>
    public static bool LeavesOut(
        AccountAlerts after, ImmutableArray<Alert> found, ImmutableArray<AlertRoute> routes, IReadOnlyDictionary<string, Channel> channels) =>
        found.Any(alert => !after.Open.Any(told => told.IsOf(alert)) && !Takers(alert, routes, channels).IsEmpty);

    private static ImmutableArray<string> Takers(Alert alert, ImmutableArray<AlertRoute> routes, IReadOnlyDictionary<string, Channel> channels) =>
        [.. routes.Where(route => alert.Severity >= route.From && channels.ContainsKey(route.Channel)).Select(route => route.Channel)];

    private static bool IsEnd(PendingAlert message) => message.Alert.Phase == AlertPhase.Resolved;

    private static bool Knows(OpenAlert told, string channel) => told.Channels.Contains(channel, StringComparer.Ordinal);

    private static EquatableArray<string> Together(EquatableArray<string> one, ImmutableArray<string> other) =>
        [.. one.Concat(other).Distinct(StringComparer.Ordinal)];
}
