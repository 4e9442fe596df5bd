using System.Collections.Concurrent;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Sns;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private const string Principal = "budgets.amazonaws.com";

    /// <summary>E-mails kept at most; the oldest are forgotten beyond it.</summary>
    private const int MaximumOutbox = 100_000;

    private readonly ConcurrentQueue<LostAlert> lostAlerts = [];
    private readonly ConcurrentQueue<AlertEmail> outbox = [];

    /// <summary>E-mails that went to subscribers, oldest first. None leaves this machine.</summary>
    public IReadOnlyList<AlertEmail> Outbox => [.. outbox];

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

    /// <summary>Sends an alert to the notification's addresses and publishes it to its topic, if it has one.</summary>
    private void Alert(string accountId, StoredBudget budget, StoredNotification passed)
    {
        var name = budget.Terms.Name;
        var text = AlertText.Of(accountId, budget, passed.Notification, budget.CurrentLimit(Options.CurrencyOf(accountId), Now), Now);
        foreach (var subscriber in passed.Subscribers.Values)
        {
            if (subscriber.Type == "SNS") cloud.Work.Post($"alert {accountId} {name}", () => AlertAsync(accountId, name, subscriber.Address, text));
            else Send(new AlertEmail(accountId, name, subscriber.Address, text.Subject, text.Body, Now));
        }
    }

    private void Send(AlertEmail email)
    {
        outbox.Enqueue(email);
        while (outbox.Count > MaximumOutbox && outbox.TryDequeue(out _))
        {
        }
    }

    private async Task AlertAsync(string accountId, string budgetName, string topicArn, AlertText text)
    {
        var access = AccessOf(accountId, budgetName, topicArn);
        try
        {
            if (access == TopicAccess.Granted)
            {
                var budgets = Caller.Service(Principal, accountId, BudgetArn.Of(accountId, budgetName));
                await cloud.Sns.PublishAsync(budgets, topicArn, text.Body, CancellationToken.None, text.Subject);
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
