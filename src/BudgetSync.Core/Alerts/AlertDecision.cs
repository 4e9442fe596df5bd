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

    /// <summary>Longer than an invocation of the function that sends lives: who has not struck out its messages by then never will.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(5);

    /// <summary>An item of DynamoDB holds 400 KB; a message at its largest takes some 10 KB here. What finds no room is found again.</summary>
    private const int MostPending = 30;

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
        var pending = before.Pending
            .Select(message => now - message.ClaimedAt < ClaimLasts ? message : message with { Claim = claim, ClaimedAt = now })
            .ToList();
        var open = new List<OpenAlert>();
        foreach (var told in before.Open)
        {
            if (found.FirstOrDefault(told.IsOf) is { } still) open.Add(Still(told, still));
            else if (!TryAdd(told.Channels, told, _ => over(told))) open.Add(told);
        }

        foreach (var alert in found.Where(alert => !before.Open.Any(told => told.IsOf(alert))))
        {
            var fresh = new OpenAlert(alert.Kind, alert.Budget, alert.Period);
            var who = Takers(alert);
            if (who.IsEmpty || !TryAdd(who, fresh, _ => alert)) continue;
            open.Add(fresh with { Severity = alert.Severity, Levels = [alert.Level], Channels = who, ToldAt = now });
        }

        return before with { Open = [.. open], Pending = [.. pending] };

        OpenAlert Still(OpenAlert told, Alert alert)
        {
            var who = Takers(alert);
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

        ImmutableArray<string> Takers(Alert alert) =>
            [.. routes.Where(route => alert.Severity >= route.From && channels.ContainsKey(route.Channel)).Select(route => route.Channel)];

        bool TryAdd(IReadOnlyCollection<string> who, OpenAlert told, Func<string, Alert> message)
        {
            var known = who.Where(channels.ContainsKey).ToList();
            if (pending.Count + known.Count > MostPending) return false;
            pending.AddRange(known.Select(channel => new PendingAlert(channel, message(channel) with { At = now }, claim, now)));
            return true;
        }
    }

    /// <summary>
    /// After a topic did not take a message: it is kept, and whoever looks at the account next tries it again, without another place in the same hour.
    /// </summary>
    public static AccountAlerts NotTaken(AccountAlerts before, PendingAlert message, string hour, string why)
    {
        return before with { Pending = [.. before.Pending.Select(other => Same(other, message) ? Freed(other) : other)] };

        PendingAlert Freed(PendingAlert other) =>
            other with { Alert = message.Alert, ClaimedAt = DateTimeOffset.UnixEpoch, Failed = other.Failed + 1, Why = why, PlaceIn = hour };
    }

    /// <summary>After the bus or the topic has taken a message, or nobody ever will.</summary>
    public static AccountAlerts Sent(AccountAlerts before, PendingAlert message) =>
        before with { Pending = [.. before.Pending.Where(other => !Same(other, message))] };

    /// <summary>
    /// After a channel had no room for a message in its hour and the message was counted instead. The channel is not told either that it is over, unless an
    /// earlier message of the same alert has reached it.
    /// </summary>
    public static AccountAlerts Counted(AccountAlerts before, PendingAlert message)
    {
        var (alert, channel) = (message.Alert, message.Channel);
        var after = Sent(before, message);
        if (alert.Phase != AlertPhase.Opened) return after;
        return after with
        {
            Open = [.. after.Open.Select(told => told.IsOf(alert) ? Forget(told) : told)],
            Pending = [.. after.Pending.Where(other => !EndsIt(other))],
        };

        bool EndsIt(PendingAlert other) =>
            other.Channel == channel && other.Alert.DedupKey == alert.DedupKey && other.Alert.Phase == AlertPhase.Resolved;

        OpenAlert Forget(OpenAlert told) => told with
        {
            Channels = [.. told.Channels.Where(name => name != channel)],
            Counted = Together(told.Counted, [channel]),
        };
    }

    private static bool Same(PendingAlert one, PendingAlert other) => one.Channel == other.Channel && one.Alert.Id == other.Alert.Id;

    private static bool Knows(OpenAlert told, string channel) => told.Channels.Contains(channel, StringComparer.Ordinal);

    private static EquatableArray<string> Together(EquatableArray<string> one, ImmutableArray<string> other) =>
        [.. one.Concat(other).Distinct(StringComparer.Ordinal)];
}
