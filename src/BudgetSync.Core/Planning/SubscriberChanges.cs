using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// From the subscribers a notification has to those it should have. One for another of the same kind is one UpdateSubscriber, which changes no count;
/// what is left of a kind is then only additions (up to the desired count, within the cap) or only removals. Additions come before removals,
/// so there is always a subscriber left and AWS never deletes the notification under us.
/// </summary>
internal static class SubscriberChanges
{
    public static IEnumerable<Change> Between(string budget, NotificationKey key, ImmutableSortedSet<Subscriber> wanted, ImmutableSortedSet<Subscriber> found)
    {
        var added = wanted.Except(found);
        var removed = found.Except(wanted);
        var removals = new List<Change>();
        foreach (var type in Enum.GetValues<SubscriptionType>())
        {
            var incoming = added.Where(item => item.Type == type).ToList();
            var outgoing = removed.Where(item => item.Type == type).ToList();
            var swaps = Math.Min(incoming.Count, outgoing.Count);
            for (var i = 0; i < swaps; i++)
                yield return new Change.UpdateSubscriber(budget, key, outgoing[i], incoming[i]);
            foreach (var subscriber in incoming.Skip(swaps))
                yield return new Change.CreateSubscriber(budget, key, subscriber);
            removals.AddRange(outgoing.Skip(swaps).Select(item => new Change.DeleteSubscriber(budget, key, item)));
        }

        foreach (var removal in removals)
            yield return removal;
    }

    /// <summary>
    /// Whom a notification should tell, when those that were added by hand may stay: the desired ones first, then as many others as AWS's caps leave
    /// room for. A recipient taken out of the row cannot be told from one added by hand and stays too.
    /// </summary>
    public static ImmutableSortedSet<Subscriber> WithExtras(ImmutableSortedSet<Subscriber> wanted, ImmutableSortedSet<Subscriber> found) =>
        wanted.Union(Enum.GetValues<SubscriptionType>().SelectMany(type =>
            found.Except(wanted)
                .Where(subscriber => subscriber.Type == type)
                .Take(Math.Max(0, Cap(type) - wanted.Count(subscriber => subscriber.Type == type)))));

    private static int Cap(SubscriptionType type) => type == SubscriptionType.EMAIL ? AwsLimits.EmailsPerNotification : AwsLimits.TopicsPerNotification;
}
