using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// The spoke's own topic, by which AWS Budgets tells of an alert at once. It is no row's wish and stands in no document: which account has one depends on
/// how its spoke was deployed, so it is added to the desired budgets where they are planned, as the day is by <see cref="BudgetsAsOf"/>.
/// </summary>
public static class AlertTopic
{
    /// <summary>As the spoke's stack names it.</summary>
    private const string Name = "BudgetSync-Alerts";

    /// <summary>
    /// The budgets with the topic at every notification that has none: AWS takes one topic a notification, and a row's own comes first. So does one that a
    /// person added where the row keeps such.
    /// </summary>
    /// <param name="topicArn">Null where the spoke has no topic: then the budgets are as they were.</param>
    public static DesiredBudgets Added(DesiredBudgets desired, string? topicArn, ActualBudgets actual)
    {
        if (topicArn is null) return desired;
        var topic = new Subscriber(SubscriptionType.SNS, topicArn);
        var found = actual.Budgets.ToDictionary(budget => budget.Settings.Name, StringComparer.Ordinal);
        return new DesiredBudgets([.. desired.Budgets.Select(budget => budget with
        {
            Notifications = [.. budget.Notifications.Select(notification => Taken(budget, notification) ? notification : notification with
            {
                Subscribers = notification.Subscribers.Items.Add(topic),
            })],
        })]);

        bool Taken(DesiredBudget budget, Notification notification) =>
            HasTopic(notification.Subscribers)
            || (budget.KeepExtraSubscribers
                && found.TryGetValue(budget.Settings.Name, out var present)
                && present.Notifications.Any(other => other.Key == notification.Key && HasTopic(other.Subscribers.Items.Remove(topic))));
    }

    /// <summary>
    /// The topic as the account's own budgets tell of it, for whoever does not know how the spoke was deployed; null where no notification has it. A spoke that
    /// has just got one has no drift for it.
    /// </summary>
    public static string? SeenIn(ActualBudgets actual, AccountId account) => actual.Budgets.Where(budget => budget.Managed)
        .SelectMany(budget => budget.Notifications)
        .SelectMany(notification => notification.Subscribers)
        .Where(subscriber => subscriber.Type == SubscriptionType.SNS)
        .Select(subscriber => subscriber.Address)
        .FirstOrDefault(address => address.EndsWith($":{account}:{Name}", StringComparison.Ordinal));

    private static bool HasTopic(EquatableSet<Subscriber> subscribers) => subscribers.Any(subscriber => subscriber.Type == SubscriptionType.SNS);
}
