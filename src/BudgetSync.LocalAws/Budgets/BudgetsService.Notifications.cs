using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private void DeclareNotifications()
    {
        Declare("CreateNotification", RequestShapes.CreateNotification, Modify, CreateNotification);
        Declare("UpdateNotification", RequestShapes.UpdateNotification, Modify, UpdateNotification);
        Declare("DeleteNotification", RequestShapes.DeleteNotification, Modify, DeleteNotification);
        Declare("DescribeNotificationsForBudget", RequestShapes.DescribeNotificationsForBudget, View, DescribeNotifications);
        Declare("DescribeBudgetNotificationsForAccount", RequestShapes.DescribeBudgetNotificationsForAccount, View, DescribeNotificationsOfAccount);
    }

    /// <summary>Adds the <c>Notification</c> and <c>Subscribers</c> of a request to a budget, or refuses them.</summary>
    private void AddNotification(string accountId, StoredBudget budget, JsonObject input)
    {
        var notification = Notification.Read(input.RequiredStructure("Notification"));
        var subscribers = input.Structures("Subscribers").Select(Subscriber.Read).ToList();
        NotificationRules.Validate(budget.Terms, notification);
        SubscriberRules.Validate(accountId, subscribers);
        ValidateTopics(accountId, budget.Terms.Name, subscribers);
        if (budget.Notifications.ContainsKey(notification.Key)) throw BudgetErrors.Duplicate($"The notification {notification} already exists.");
        if (budget.Notifications.Count >= AwsLimits.Budgets.NotificationsPerBudget)
            throw BudgetErrors.CreationLimit($"A budget can have up to {AwsLimits.Budgets.NotificationsPerBudget} notifications.");
        budget.Notifications.Add(notification.Key, new StoredNotification(notification, subscribers));
    }

    private JsonObject CreateNotification(AwsCall call, AccountBudgets account)
    {
        AddNotification(call.AccountId, account.Require(call.Input.RequiredText("BudgetName")), call.Input);
        return [];
    }

    private JsonObject UpdateNotification(AwsCall call, AccountBudgets account)
    {
        var name = call.Input.RequiredText("BudgetName");
        var budget = account.Require(name);
        var old = account.Require(name, Notification.Read(call.Input.RequiredStructure("OldNotification")));
        var next = Notification.Read(call.Input.RequiredStructure("NewNotification"));
        NotificationRules.Validate(budget.Terms, next);
        if (budget.Notifications.ContainsKey(next.Key)) throw BudgetErrors.Duplicate($"The notification {next} already exists.");
        budget.Notifications.Remove(old.Notification.Key);
        budget.Notifications.Add(next.Key, new StoredNotification(next, old.Subscribers.Values));
        return [];
    }

    private JsonObject DeleteNotification(AwsCall call, AccountBudgets account)
    {
        var name = call.Input.RequiredText("BudgetName");
        var notification = account.Require(name, Notification.Read(call.Input.RequiredStructure("Notification")));
        account.Require(name).Notifications.Remove(notification.Notification.Key);
        return [];
    }

    private JsonObject DescribeNotifications(AwsCall call, AccountBudgets account)
    {
        var budget = account.Require(call.Input.RequiredText("BudgetName"));
        return Page(call, AwsLimits.Budgets.OtherPage).Answer(
            call.Input, "Notifications", budget.Notifications, notification => notification.Key, notification => Write(call, budget, notification.Value));
    }

    private JsonObject DescribeNotificationsOfAccount(AwsCall call, AccountBudgets account) =>
        Page(call, AwsLimits.Budgets.NotificationsForAccountPage).Answer(
            call.Input,
            "BudgetNotificationsForAccount",
            account.Budgets,
            budget => budget.Key,
            budget => new JsonObject
            {
                ["Notifications"] = new JsonArray([.. budget.Value.Notifications.Values.Select(notification => Write(call, budget.Value, notification))]),
                ["BudgetName"] = budget.Key,
            });

    private JsonObject Write(AwsCall call, StoredBudget budget, StoredNotification notification) =>
        notification.Notification.Write(budget.IsPassed(notification.Notification, Options.CurrencyOf(call.AccountId), Now));
}
