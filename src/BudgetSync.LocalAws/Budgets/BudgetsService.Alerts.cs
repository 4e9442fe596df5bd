using System.Collections.Concurrent;
using System.Globalization;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Sns;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private const string Principal = "budgets.amazonaws.com";

    private readonly ConcurrentQueue<LostAlert> lostAlerts = [];

    /// <summary>Alerts that reached no topic, oldest first.</summary>
    public IReadOnlyList<LostAlert> LostAlerts => [.. lostAlerts];

    /// <summary>Whether Budgets may publish alerts of a budget to a topic (UG "Creating an Amazon SNS topic for budget notifications").</summary>
    private TopicAccess AccessOf(string accountId, string budgetName, string topicArn) =>
        cloud.Sns.AccessOf(Principal, accountId, BudgetArn.Of(accountId, budgetName), topicArn);

    /// <summary>Refuses topics that alerts could not be published to, where the option says so.</summary>
    private void ValidateTopics(string accountId, string budgetName, IEnumerable<Subscriber> subscribers)
    {
        if (!Options.RefuseUnusableTopics) return;
        foreach (var topic in subscribers.Where(subscriber => subscriber.Type == "SNS"))
        {
            var problem = AccessOf(accountId, budgetName, topic.Address) switch
            {
                TopicAccess.NoSuchTopic => "there is no such topic",
                TopicAccess.NotAllowed => $"its policy does not let {Principal} publish",
                TopicAccess.KeyNotGranted => $"its key may not be used by {Principal}",
                _ => null,
            };
            if (problem is not null) throw BudgetErrors.Invalid($"Invalid SNS topic: {problem}.");
        }
    }

    private List<StoredNotification> Passed(string accountId, StoredBudget budget) =>
        [.. budget.Notifications.Values.Where(stored => budget.IsPassed(stored.Notification, Options.CurrencyOf(accountId), Now))];

    /// <summary>Publishes an alert to the notification's topic, if it has one. E-mails are not sent here.</summary>
    private void Alert(string accountId, StoredBudget budget, StoredNotification passed)
    {
        var (name, terms) = (budget.Terms.Name, budget.Terms);
        var actual = (passed.Notification.Type == "FORECASTED" ? budget.Forecast : budget.Actual)?.Value ?? 0;
        var limit = budget.CurrentLimit(Options.CurrencyOf(accountId), Now);
        // Plain text, as AWS sends it; its wording is no contract.
        var message = string.Create(CultureInfo.InvariantCulture, $"""
            Budget Name: {name}
            Budget Type: {terms.Type}
            Budgeted Amount: {limit.Amount} {limit.Unit}
            Alert Type: {passed.Notification.Type}
            Alert Threshold: {passed.Notification.Operator} {passed.Notification.Threshold} {passed.Notification.ThresholdType}
            {passed.Notification.Type} Amount: {actual} {limit.Unit}
            """);
        foreach (var topic in passed.Subscribers.Values.Where(subscriber => subscriber.Type == "SNS").Select(subscriber => subscriber.Address))
            cloud.Work.Post($"alert {accountId} {name}", () => AlertAsync(accountId, name, topic, message));
    }

    private async Task AlertAsync(string accountId, string budgetName, string topicArn, string message)
    {
        var access = AccessOf(accountId, budgetName, topicArn);
        try
        {
            if (access == TopicAccess.Granted)
            {
                await cloud.Sns.PublishAsync(
                    Caller.Service(Principal, accountId, BudgetArn.Of(accountId, budgetName)), topicArn, message, CancellationToken.None);
                return;
            }
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            // Whether AWS tries again is not documented; an alert is as good as lost here.
        }

        lostAlerts.Enqueue(new LostAlert(accountId, budgetName, topicArn, access));
    }
}
