using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Sns;

/// <summary>The subscriptions of all topics, by topic: an organization has a topic in each account, so none may be looked for among all.</summary>
internal sealed class SubscriptionDirectory
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<(string Protocol, string Endpoint), Subscription>> topics = new(StringComparer.Ordinal);

    public IEnumerable<Subscription> All => topics.Values.SelectMany(topic => topic.Values);

    public IEnumerable<Subscription> Of(string topicArn) => topics.GetValueOrDefault(topicArn)?.Values ?? [];

    /// <summary>The subscription as it is now; null where it has ended since.</summary>
    public Subscription? Find(Subscription was) =>
        topics.GetValueOrDefault(was.TopicArn)?.GetValueOrDefault((was.Protocol, was.Endpoint)) is { } now && now.Arn == was.Arn ? now : null;

    /// <summary>Adds what <paramref name="make"/> makes of the subscription of this topic, protocol and endpoint, null where there is none.</summary>
    public Subscription Put(string topicArn, string protocol, string endpoint, Func<Subscription?, Subscription> make) =>
        topics.AddOrUpdate(
            topicArn,
            _ => ImmutableDictionary<(string, string), Subscription>.Empty.Add((protocol, endpoint), make(null)),
            (_, topic) => topic.SetItem((protocol, endpoint), make(topic.GetValueOrDefault((protocol, endpoint)))))[(protocol, endpoint)];

    /// <summary>Replaces the subscription of an ARN by what <paramref name="change"/> makes of it, null for an end; one that is not there stays so.</summary>
    public void Change(string subscriptionArn, Func<Subscription, Subscription?> change)
    {
        var last = subscriptionArn.LastIndexOf(':');
        if (last < 0) return;
        var topicArn = subscriptionArn[..last];
        while (topics.TryGetValue(topicArn, out var topic) && topic.Values.FirstOrDefault(one => one.Arn == subscriptionArn) is { } found)
        {
            var key = (found.Protocol, found.Endpoint);
            if (topics.TryUpdate(topicArn, change(found) is { } changed ? topic.SetItem(key, changed) : topic.Remove(key), topic)) return;
        }
    }

    public void RemoveTopic(string topicArn) => topics.TryRemove(topicArn, out _);
}
