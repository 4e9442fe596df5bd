namespace BudgetSync.Core.Planning;

/// <summary>A change as a line for people: what <c>plan</c> prints and a report carries. No e-mail addresses.</summary>
public static class ChangeDescription
{
    /// <summary>For example <c>"SpokeAccountBudget": move notification ACTUAL &gt; 80 % to ACTUAL &gt; 85 %</c>.</summary>
    public static string Of(Change change) => $"\"{change.BudgetName}\": {What(change)}";

    private static string Tags(int count) => count == 1 ? "1 tag" : $"{count} tags";

    private static string What(Change change) => change switch
    {
        Change.CreateBudget(var budget) =>
            $"create, {Describe.Of(budget.Settings.Amount)} {budget.Settings.TimeUnit}, "
                + (budget.Notifications.Length == 1 ? "1 notification" : $"{budget.Notifications.Length} notifications"),
        Change.UpdateBudget(_, var settings) => $"update to {Describe.Of(settings.Amount)} {settings.TimeUnit} {settings.Type}",
        Change.DeleteBudget => "delete",
        Change.TagBudget => "take over",
        Change.ReleaseBudget => "give back as it is: it was adopted, not made by BudgetSync",
        Change.SetTags(_, var tags) => $"set {Tags(tags.Count)} ({string.Join(", ", tags.Keys)})",
        Change.RemoveTags(_, var keys) => $"remove {Tags(keys.Length)} ({string.Join(", ", keys.Items)})",
        Change.CreateNotification(_, var notification) => $"create notification {Describe.Of(notification.Key)} for {Describe.Of(notification.Subscribers)}",
        Change.UpdateNotification(_, var from, var to) => $"move notification {Describe.Of(from)} to {Describe.Of(to)}",
        Change.DeleteNotification(_, var key) => $"delete notification {Describe.Of(key)}",
        Change.CreateSubscriber(_, var key, var subscriber) => $"add a subscriber ({subscriber.Type}) to {Describe.Of(key)}",
        Change.UpdateSubscriber(_, var key, var from, _) => $"exchange a subscriber ({from.Type}) of {Describe.Of(key)}",
        Change.DeleteSubscriber(_, var key, var subscriber) => $"remove a subscriber ({subscriber.Type}) from {Describe.Of(key)}",
        Change.CreateAction(_, var action) => $"create action {Describe.Of(action)}",
        Change.UpdateAction(_, _, _, var action) => $"update action to {Describe.Of(action)}",
        Change.DeleteAction(_, var id, _) => $"delete action {id}",
        _ => throw new InvalidOperationException($"{change.GetType()} is no case of Change."),
    };
}
