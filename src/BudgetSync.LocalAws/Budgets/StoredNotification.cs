namespace BudgetSync.LocalAws.Budgets;

/// <summary>A notification of a budget with its subscribers, of which there is always one. Guarded by its account's gate.</summary>
internal sealed class StoredNotification(Notification notification, IEnumerable<Subscriber> subscribers)
{
    public Notification Notification { get; } = notification;

    /// <summary>The beginning of the period in which it last alerted; null where it never did.</summary>
    public DateTimeOffset? AlertedIn { get; set; }

    /// <summary>By <see cref="Subscriber.Key"/>.</summary>
    public SortedDictionary<string, Subscriber> Subscribers { get; } =
        new(subscribers.ToDictionary(subscriber => subscriber.Key, StringComparer.Ordinal), StringComparer.Ordinal);
}
