using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Budgets.BudgetShapes;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>The requests about budgets, notifications, subscribers and tags, as the service model bounds them.</summary>
internal static class RequestShapes
{
    private static readonly Member Account = Required("AccountId", AccountId);
    private static readonly Member Name = Required("BudgetName", BudgetName);
    private static readonly Member OfNotification = Required("Notification", BudgetShapes.Notification);
    private static readonly Member NextToken = Optional("NextToken", OneLine);
    private static readonly Member UpTo100 = Optional("MaxResults", new Number(1, 100, true));
    private static readonly Member UpTo1000 = Optional("MaxResults", new Number(1, 1000, true));
    private static readonly Member ShowFilterExpression = Optional("ShowFilterExpression", AnyFlag);
    private static readonly Member Resource = Required("ResourceARN", String(1, 1011));

    public static Shape CreateBudget { get; } = Members(
        Account,
        Required("Budget", Budget),
        Optional("NotificationsWithSubscribers", NotificationsWithSubscribers),
        Optional("ResourceTags", Tags));

    public static Shape UpdateBudget { get; } = Members(Account, Required("NewBudget", Budget));

    public static Shape DescribeBudget { get; } = Members(Account, Name, ShowFilterExpression);

    public static Shape DescribeBudgets { get; } = Members(Account, UpTo1000, NextToken, ShowFilterExpression);

    public static Shape DeleteBudget { get; } = Members(Account, Name);

    public static Shape DescribeBudgetPerformanceHistory { get; } = Members(Account, Name, Optional("TimePeriod", TimePeriod), UpTo100, NextToken);

    public static Shape CreateNotification { get; } = Members(Account, Name, OfNotification, Required("Subscribers", Subscribers));

    public static Shape UpdateNotification { get; } = Members(
        Account,
        Name,
        Required("OldNotification", BudgetShapes.Notification),
        Required("NewNotification", BudgetShapes.Notification));

    public static Shape DeleteNotification { get; } = Members(Account, Name, OfNotification);

    public static Shape DescribeNotificationsForBudget { get; } = Members(Account, Name, UpTo100, NextToken);

    public static Shape DescribeBudgetNotificationsForAccount { get; } = Members(Account, UpTo1000, NextToken);

    public static Shape CreateSubscriber { get; } = Members(Account, Name, OfNotification, Required("Subscriber", BudgetShapes.Subscriber));

    public static Shape UpdateSubscriber { get; } = Members(
        Account,
        Name,
        OfNotification,
        Required("OldSubscriber", BudgetShapes.Subscriber),
        Required("NewSubscriber", BudgetShapes.Subscriber));

    public static Shape DeleteSubscriber { get; } = Members(Account, Name, OfNotification, Required("Subscriber", BudgetShapes.Subscriber));

    public static Shape DescribeSubscribersForNotification { get; } = Members(Account, Name, OfNotification, UpTo100, NextToken);

    public static Shape TagResource { get; } = Members(Resource, Required("ResourceTags", Tags));

    public static Shape UntagResource { get; } = Members(Resource, Required("ResourceTagKeys", new List(String(1, 128), 0, 200)));

    public static Shape ListTagsForResource { get; } = Members(Resource);
}
