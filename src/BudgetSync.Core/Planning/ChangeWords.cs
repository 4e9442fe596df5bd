namespace BudgetSync.Core.Planning;

/// <summary>A change as a line for people: what <c>plan</c> prints and a report carries. No e-mail addresses.</summary>
public static class ChangeWords
{
    /// <summary>For example <c>"SpokeAccountBudget": move notification ACTUAL &gt; 80 % to ACTUAL &gt; 85 %</c>.</summary>
    public static string Of(Change change) => $"\"{change.BudgetName}\": {What(change)}";

    private static string What(Change change) => change switch
    {
        Change.CreateBudget(var budget) => $"create, {Words.Of(budget.Settings.Amount)} {budget.Settings.TimeUnit}, {budget.Notifications.Length} notifications",
        Change.UpdateBudget(var settings) => $"update to {Words.Of(settings.Amount)} {settings.TimeUnit} {settings.Type}",
        Change.DeleteBudget => "delete",
        Change.TagBudget => "take over",
        Change.CreateNotification(_, var notification) => $"create notification {Words.Of(notification.Key)} for {Words.Of(notification.Subscribers)}",
        Change.UpdateNotification(_, var from, var to) => $"move notification {Words.Of(from)} to {Words.Of(to)}",
        Change.DeleteNotification(_, var key) => $"delete notification {Words.Of(key)}",
        Change.CreateSubscriber(_, var key, var subscriber) => $"add a subscriber ({subscriber.Type}) to {Words.Of(key)}",
        Change.UpdateSubscriber(_, var key, var from, _) => $"exchange a subscriber ({from.Type}) of {Words.Of(key)}",
        Change.DeleteSubscriber(_, var key, var subscriber) => $"remove a subscriber ({subscriber.Type}) from {Words.Of(key)}",
        Change.CreateAction(_, var action) => $"create action {Words.Of(action)}",
        Change.UpdateAction(_, _, var action) => $"update action to {Words.Of(action)}",
        Change.DeleteAction(_, var id) => $"delete action {id}",
        _ => throw new InvalidOperationException($"{change.GetType()} is no case of Change."),
    };
}
