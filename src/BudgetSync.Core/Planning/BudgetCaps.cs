namespace BudgetSync.Core.Planning;

/// <summary>
/// How many of each AWS Budgets allows. Source: Budgets service model and API reference; a planner that exceeds one for a moment has its call refused.
/// </summary>
public static class BudgetCaps
{
    /// <summary>
    /// Notifications per budget: the shape NotificationWithSubscribersList says 10, the text of CreateBudget says 5. We plan for 10;
    /// where AWS holds to 5 it answers CreationLimitExceeded, which the shell makes a rejection with a clear text.
    /// </summary>
    public const int Notifications = 10;

    /// <summary>E-mail subscribers per notification (shape Notification: "up to 10 email subscribers").</summary>
    public const int EmailsPerNotification = 10;

    /// <summary>SNS subscribers per notification (shape Notification: "one SNS subscriber").</summary>
    public const int TopicsPerNotification = 1;
}
