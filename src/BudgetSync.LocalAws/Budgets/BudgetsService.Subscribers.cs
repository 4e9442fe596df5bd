using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private void DeclareSubscribers()
    {
        Declare("CreateSubscriber", RequestShapes.CreateSubscriber, Modify, CreateSubscriber);
        Declare("UpdateSubscriber", RequestShapes.UpdateSubscriber, Modify, UpdateSubscriber);
        Declare("DeleteSubscriber", RequestShapes.DeleteSubscriber, Modify, DeleteSubscriber);
        Declare("DescribeSubscribersForNotification", RequestShapes.DescribeSubscribersForNotification, View, DescribeSubscribers);
    }

    private static StoredNotification NotificationOf(AwsCall call, AccountBudgets account) =>
        account.Require(call.Input.RequiredText("BudgetName"), Notification.Read(call.Input.RequiredStructure("Notification")));

    private JsonObject CreateSubscriber(AwsCall call, AccountBudgets account)
    {
        var notification = NotificationOf(call, account);
        var subscriber = Subscriber.Read(call.Input.RequiredStructure("Subscriber"));
        SubscriberRules.Validate(call.AccountId, subscriber);
        ValidateTopics(call.AccountId, call.Input.RequiredText("BudgetName"), [subscriber]);
        if (notification.Subscribers.ContainsKey(subscriber.Key)) throw AlreadySubscribed();
        if (SubscriberRules.ExceedsCaps(notification.Subscribers.Values.Append(subscriber))) throw SubscriberRules.CapsExceeded();
        notification.Subscribers.Add(subscriber.Key, subscriber);
        return [];
    }

    private JsonObject UpdateSubscriber(AwsCall call, AccountBudgets account)
    {
        var notification = NotificationOf(call, account);
        var old = RequireSubscriber(notification, call.Input.RequiredStructure("OldSubscriber"));
        var next = Subscriber.Read(call.Input.RequiredStructure("NewSubscriber"));
        SubscriberRules.Validate(call.AccountId, next);
        ValidateTopics(call.AccountId, call.Input.RequiredText("BudgetName"), [next]);
        if (notification.Subscribers.ContainsKey(next.Key)) throw AlreadySubscribed();
        // UpdateSubscriber has no CreationLimitExceededException in its model.
        if (SubscriberRules.ExceedsCaps(notification.Subscribers.Values.Where(other => other != old).Append(next)))
            throw BudgetErrors.Invalid(SubscriberRules.CapsExceeded().Message);
        notification.Subscribers.Remove(old.Key);
        notification.Subscribers.Add(next.Key, next);
        return [];
    }

    private JsonObject DeleteSubscriber(AwsCall call, AccountBudgets account)
    {
        var notification = NotificationOf(call, account);
        notification.Subscribers.Remove(RequireSubscriber(notification, call.Input.RequiredStructure("Subscriber")).Key);
        if (notification.Subscribers.Count == 0) account.Require(call.Input.RequiredText("BudgetName")).Notifications.Remove(notification.Notification.Key);
        return [];
    }

    private JsonObject DescribeSubscribers(AwsCall call, AccountBudgets account)
    {
        var notification = NotificationOf(call, account);
        var page = Page(call, AwsLimits.Budgets.OtherPage);
        return (page with { Name = $"{page.Name} {notification.Notification.Key}" }).Answer(
            call.Input, "Subscribers", notification.Subscribers, subscriber => subscriber.Key, subscriber => subscriber.Value.Write());
    }

    // Neither message repeats an address: addresses of people stay out of logs.
    private static AwsException AlreadySubscribed() => BudgetErrors.Duplicate("The subscriber already exists for this notification.");

    private static Subscriber RequireSubscriber(StoredNotification notification, JsonObject given) =>
        notification.Subscribers.TryGetValue(Subscriber.Read(given).Key, out var subscriber)
            ? subscriber
            : throw BudgetErrors.NotFound("The subscriber doesn't exist for this notification.");
}
