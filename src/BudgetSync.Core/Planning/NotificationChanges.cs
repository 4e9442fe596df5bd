using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// From the notifications a budget has to those it should have. A threshold that moved is an UpdateNotification: its subscribers stay and no count changes.
/// Its target never exists at that moment, because a target is a key that is desired and not there, and each is used once.
/// </summary>
internal static class NotificationChanges
{
    public static IEnumerable<Change> Between(DesiredBudget desired, ActualBudget actual)
    {
        var budget = desired.Settings.Name;
        var wanted = BySubscribers(desired.Notifications);
        var found = BySubscribers(actual.Notifications);
        var moves = Moves(wanted, found);

        foreach (var (from, to) in moves)
            yield return new Change.UpdateNotification(budget, from, to);
        foreach (var change in Turnover(budget, wanted, found, moves))
            yield return change;

        var before = moves.ToDictionary(pair => pair.To, pair => pair.From);
        foreach (var (key, subscribers) in wanted.OrderBy(entry => entry.Key, InOrder))
        {
            if (!found.TryGetValue(before.GetValueOrDefault(key, key), out var present))
                continue; // Created whole.
            var target = desired.KeepExtraSubscribers ? SubscriberChanges.WithExtras(subscribers, present) : subscribers;
            foreach (var change in SubscriberChanges.Between(budget, key, target, present))
                yield return change;
        }
    }

    /// <summary>What the notifications are once all changes are made: the desired ones, with the subscribers added by hand where the row keeps them.</summary>
    public static ImmutableArray<Notification> Target(DesiredBudget desired, ActualBudget actual)
    {
        if (!desired.KeepExtraSubscribers)
            return desired.Notifications;
        var found = BySubscribers(actual.Notifications);
        var before = Moves(BySubscribers(desired.Notifications), found).ToDictionary(pair => pair.To, pair => pair.From);
        return
        [
            .. desired.Notifications.Select(notification => found.TryGetValue(before.GetValueOrDefault(notification.Key, notification.Key), out var present)
                ? notification with { Subscribers = SubscriberChanges.WithExtras(notification.Subscribers, present) }
                : notification),
        ];
    }

    /// <summary>
    /// Whom AWS tells now and will not tell once all changes are made, though the row keeps those that were added by hand: their threshold goes, or AWS's
    /// caps leave no room for them. Under the threshold as it is now.
    /// </summary>
    public static IEnumerable<(NotificationKey Key, ImmutableSortedSet<Subscriber> Subscribers)> Lost(DesiredBudget desired, ActualBudget actual)
    {
        if (!desired.KeepExtraSubscribers)
            return [];
        var found = BySubscribers(actual.Notifications);
        var after = Moves(BySubscribers(desired.Notifications), found).ToDictionary(pair => pair.From, pair => pair.To);
        var target = BySubscribers(Target(desired, actual));
        return found.OrderBy(entry => entry.Key, InOrder)
            .Select(entry => (entry.Key, entry.Value.Except(target.GetValueOrDefault(after.GetValueOrDefault(entry.Key, entry.Key)) ?? [])))
            .Where(entry => !entry.Item2.IsEmpty);
    }

    /// <summary>
    /// Which removed notification becomes which added one. Only within one type, operator and threshold type, where AWS's own console edits in place too;
    /// those with the most subscribers in common first, then the nearest thresholds. LINQ sorts stably, so ties fall in the order of the keys and never
    /// in that of AWS's answer.
    /// </summary>
    private static List<(NotificationKey From, NotificationKey To)> Moves(
        Dictionary<NotificationKey, ImmutableSortedSet<Subscriber>> wanted,
        Dictionary<NotificationKey, ImmutableSortedSet<Subscriber>> found)
    {
        var candidates =
            from removed in found.OrderBy(entry => entry.Key, InOrder)
            where !wanted.ContainsKey(removed.Key)
            from added in wanted.OrderBy(entry => entry.Key, InOrder)
            where !found.ContainsKey(added.Key) && Kind(added.Key) == Kind(removed.Key)
            orderby removed.Value.SymmetricExcept(added.Value).Count, Math.Abs(removed.Key.Threshold - added.Key.Threshold)
            select (From: removed.Key, To: added.Key);

        var moves = new List<(NotificationKey From, NotificationKey To)>();
        foreach (var candidate in candidates)
        {
            if (!moves.Exists(pair => pair.From == candidate.From || pair.To == candidate.To))
                moves.Add(candidate);
        }

        return moves;
    }

    /// <summary>
    /// Creates and deletes of what did not move. Add before remove while the cap has room; at the cap remove one to make room, and nine alerts stay.
    /// The rest is removed at the end, when everything desired is there.
    /// </summary>
    private static IEnumerable<Change> Turnover(
        string budget,
        Dictionary<NotificationKey, ImmutableSortedSet<Subscriber>> wanted,
        Dictionary<NotificationKey, ImmutableSortedSet<Subscriber>> found,
        List<(NotificationKey From, NotificationKey To)> moves)
    {
        var outgoing = new Queue<NotificationKey>(
            found.Keys.Where(notificationKey => !wanted.ContainsKey(notificationKey) && !moves.Exists(pair => pair.From == notificationKey)).Order(InOrder));
        var count = found.Count;
        foreach (var key in wanted.Keys.Where(notificationKey => !found.ContainsKey(notificationKey) && !moves.Exists(pair => pair.To == notificationKey))
            .Order(InOrder))
        {
            if (count >= AwsLimits.Notifications && outgoing.TryDequeue(out var room))
            {
                yield return new Change.DeleteNotification(budget, room);
                count--;
            }

            yield return new Change.CreateNotification(budget, new Notification(key, wanted[key]));
            count++;
        }

        foreach (var key in outgoing)
            yield return new Change.DeleteNotification(budget, key);
    }

    private static (NotificationType, ComparisonOperator, ThresholdType) Kind(NotificationKey key) => (key.Type, key.Comparison, key.ThresholdType);

    private static readonly Comparer<NotificationKey> InOrder =
        Comparer<NotificationKey>.Create(
            (
                key,
                notificationKey) => (key.Type, key.Comparison, key.ThresholdType, key.Threshold).CompareTo(
                    (notificationKey.Type, notificationKey.Comparison, notificationKey.ThresholdType, notificationKey.Threshold)));

    private static Dictionary<NotificationKey, ImmutableSortedSet<Subscriber>> BySubscribers(ImmutableArray<Notification> notifications) =>
        notifications.GroupBy(notification => notification.Key)
            .ToDictionary(
                group => group.Key,
                group => group.SelectMany(notification => notification.Subscribers).ToImmutableSortedSet());
}
