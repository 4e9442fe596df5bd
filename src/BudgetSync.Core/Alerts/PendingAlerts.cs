using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What becomes of messages that are written down. Each has one sender at a time, who claims it; of one key and channel they go out in the order in which they
/// were decided: an end that comes after a newer opening would close what is open, and one that is dropped would leave open what is over.
/// </summary>
public static class PendingAlerts
{
    /// <summary>
    /// Before a message goes out that has a place of its channel's hour. Whoever goes on with it may send it twice, and cannot take it for one that the hour
    /// had no room for; unchanged where another has taken it over, who sends it.
    /// </summary>
    /// <param name="hour">As in <c>2026-11-28T20</c>.</param>
    public static AccountAlerts Placed(AccountAlerts before, PendingAlert message, string hour, DateTimeOffset now) => before with
    {
        Pending =
        [
            .. before.Pending.Select(other => other.Claim != message.Claim ? other
                : other.IsSame(message) ? other with { PlaceIn = hour, ClaimedAt = now }
                : other with { ClaimedAt = now }),
        ],
    };

    /// <summary>Whether it is still this sender's to send.</summary>
    public static bool IsOf(AccountAlerts alerts, PendingAlert message) => alerts.Pending.Any(other => other.IsSame(message) && other.Claim == message.Claim);

    /// <summary>What the sender may send now, the loudest first: no earlier message of the same key waits for the same channel.</summary>
    public static IEnumerable<PendingAlert> Due(AccountAlerts alerts, string claim) =>
        alerts.Pending.Where((message, place) => message.Claim == claim && !alerts.Pending.Take(place).Any(message.Follows))
            .OrderByDescending(message => message.Alert.Urgency);

    /// <summary>After the bus or the topic has taken a message, or nobody ever will. Its sender goes on with what waited behind it.</summary>
    public static AccountAlerts Sent(AccountAlerts before, PendingAlert message)
    {
        var pending = before.Pending.ToList();
        var place = pending.FindIndex(message.IsSame);
        if (place < 0) return before;
        pending.RemoveAt(place);
        var next = pending.FindIndex(other => other.Follows(message));
        if (next >= 0 && pending[next].IsFree) pending[next] = pending[next] with { Claim = message.Claim, ClaimedAt = message.ClaimedAt };
        return before with { Pending = [.. pending] };
    }

    /// <summary>Before a message that an hour of its channel has no room for is counted: whoever goes on with it counts it in the same hour.</summary>
    /// <param name="hour">As in <c>2026-11-28T20</c>; null where it turned out that none has counted it: it may have a place of this one.</param>
    public static AccountAlerts CountedIn(AccountAlerts before, PendingAlert message, string? hour) => before with
    {
        Pending = [.. before.Pending.Select(other => other.IsSame(message) ? other with { CountedIn = hour } : other)],
    };

    /// <summary>
    /// After a channel had no room for a message in its hour and the message was counted instead. What follows an opening that was counted opens in its place;
    /// the end that follows it is not told, and the channel is not told later either that it is over.
    /// </summary>
    public static AccountAlerts Counted(AccountAlerts before, PendingAlert message)
    {
        var after = Sent(before, message);
        var next = after.Pending.FirstOrDefault(other => other.Follows(message));
        if (message.Alert.Phase == AlertPhase.Escalated && message.Alert.Urgency >= AlertSeverity.Critical && next is null)
            return after with { Open = [.. after.Open.Select(told => told.IsOf(message.Alert) ? told.WithCounted(message.Channel) : told)] };
        if (message.Alert.Phase != AlertPhase.Opened) return after;
        return next?.Alert.Phase switch
        {
            null => after with { Open = [.. after.Open.Select(told => told.IsOf(message.Alert) ? told.WithoutName(message.Channel) : told)] },
            AlertPhase.Resolved => Sent(after, next),
            AlertPhase.Opened => after,
            _ => after with
            {
                Pending =
                [
                    .. after.Pending.Select(
                        other => ReferenceEquals(other, next) ? other with { Alert = other.Alert with { Phase = AlertPhase.Opened } } : other),
                ],
            },
        };
    }

    /// <summary>
    /// After the bus or a topic did not take a message: it is kept, and whoever looks at the account next tries it again, without another place in the same
    /// hour.
    /// </summary>
    public static AccountAlerts NotTaken(AccountAlerts before, PendingAlert message, string why) =>
        Freed(before, message, other => other with { Alert = message.Alert, Failed = other.Failed + 1, Why = why });

    /// <summary>After a channel had no room for a message that is told by name or not at all: it waits, and what follows it waits behind it.</summary>
    public static AccountAlerts Waits(AccountAlerts before, PendingAlert message) => Freed(before, message, other => other);

    private static AccountAlerts Freed(AccountAlerts before, PendingAlert message, Func<PendingAlert, PendingAlert> step) => before with
    {
        Pending =
        [
            .. before.Pending.Select(other => other.IsSame(message) ? step(other).Free()
                : other.Claim == message.Claim && other.Follows(message) ? other.Free()
                : other),
        ],
    };
}
