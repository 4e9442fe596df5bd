using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// One write to AWS Budgets: one case per call we would make. Every case is safe to repeat: a create that finds its thing there already and a delete
/// that finds it gone are both done.
/// </summary>
public abstract record Change
{
    private Change()
    {
    }

    /// <summary>The budget the change is about.</summary>
    public abstract string BudgetName { get; }

    /// <summary>
    /// CreateBudget with its notifications, the ownership tag and its own tags in one call. The actions of the budget are not part of that call: each follows
    /// as its own <see cref="CreateAction"/>.
    /// </summary>
    public sealed record CreateBudget(DesiredBudget Budget) : Change
    {
        public override string BudgetName => Budget.Settings.Name;
    }

    /// <summary>
    /// UpdateBudget: the whole budget, since AWS unsets what is left out. It wipes the calculated spend, hence only planned where something differs in meaning.
    /// </summary>
    /// <param name="From">What AWS answered. The call does not carry it; whoever says what differs needs it.</param>
    public sealed record UpdateBudget(BudgetSettings From, BudgetSettings To) : Change
    {
        public override string BudgetName => To.Name;
    }

    /// <summary>DeleteBudget: takes its notifications, subscribers and actions with it.</summary>
    public sealed record DeleteBudget(string Name) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>UntagResource of both of our tags: an adopted budget is its owner's again, as it stands.</summary>
    public sealed record ReleaseBudget(string Name) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>TagResource with the ownership tag and the tag of adoption: the budget is ours from here on.</summary>
    public sealed record TagBudget(string Name) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>TagResource with tags that the budget has not, or with another value.</summary>
    public sealed record SetTags(string Name, EquatableDictionary<string, string> Tags) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>UntagResource: tags that the row does not have. Never our own tags.</summary>
    public sealed record RemoveTags(string Name, EquatableArray<string> Keys) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>CreateNotification with all its subscribers.</summary>
    public sealed record CreateNotification(string Name, Notification Notification) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>
    /// UpdateNotification: the same notification under another threshold; its subscribers stay. <paramref name="To"/> does not exist at that moment.
    /// </summary>
    public sealed record UpdateNotification(string Name, NotificationKey From, NotificationKey To) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>DeleteNotification: takes its subscribers with it.</summary>
    public sealed record DeleteNotification(string Name, NotificationKey Key) : Change
    {
        public override string BudgetName => Name;
    }

    public sealed record CreateSubscriber(string Name, NotificationKey Key, Subscriber Subscriber) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>UpdateSubscriber: one subscriber for another of the same kind, in one call.</summary>
    public sealed record UpdateSubscriber(string Name, NotificationKey Key, Subscriber From, Subscriber To) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>DeleteSubscriber: never the last one of a notification, because AWS deletes the notification with it.</summary>
    public sealed record DeleteSubscriber(string Name, NotificationKey Key, Subscriber Subscriber) : Change
    {
        public override string BudgetName => Name;
    }

    public sealed record CreateAction(string Name, BudgetAction Action) : Change
    {
        public override string BudgetName => Name;
    }

    /// <summary>UpdateBudgetAction: everything but the action's type, which AWS does not change in place.</summary>
    public sealed record UpdateAction(string Name, string Id, BudgetAction From, BudgetAction To) : Change
    {
        public override string BudgetName => Name;
    }

    public sealed record DeleteAction(string Name, string Id, BudgetAction Action) : Change
    {
        public override string BudgetName => Name;
    }
}
