using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>
/// AWS Budgets of one account as a pure function: takes a change, refuses what AWS refuses (caps, duplicates, missing things, locked actions), cascades as AWS
/// cascades, and answers as AWS answers (defaults filled in, numbers in another scale).
/// </summary>
internal static class BudgetsModel
{
    private static readonly DateTimeOffset FilledInStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FilledInEnd = new(2087, 6, 15, 0, 0, 0, TimeSpan.Zero);

    internal sealed class RefusedException(string rule) : Exception(rule);

    public static ActualBudgets Apply(ActualBudgets budgets, IEnumerable<Change> changes) => changes.Aggregate(budgets, Apply);

    public static ActualBudgets Apply(ActualBudgets budgets, Change change)
    {
        var found = budgets.Budgets.FirstOrDefault(budget => budget.Settings.Name == change.BudgetName);
        if (change is Change.CreateBudget(var created))
        {
            Rule(found is null, "DuplicateRecord: budget");
            return new ActualBudgets(budgets.Budgets.Items.Add(Describe(created, managed: true)));
        }

        Rule(found is not null, $"NotFound: budget {change.BudgetName}");
        if (change is Change.DeleteBudget)
            return new ActualBudgets(budgets.Budgets.Items.Remove(found!));
        return new ActualBudgets(budgets.Budgets.Items.Replace(found!, Changed(found!, change)));
    }

    /// <summary>What Describe answers of a budget that was just created.</summary>
    public static ActualBudget Describe(DesiredBudget budget, bool managed)
    {
        Rule(budget.Notifications.Length <= 10, "CreationLimitExceeded: notifications");
        foreach (var notification in budget.Notifications)
        {
            CheckSubscribers(notification.Subscribers);
            CheckFits(notification.Key, budget.Settings);
        }

        return new ActualBudget(
            Normalised(budget.Settings),
            [.. budget.Notifications.Select(item => new Notification(Normalised(item.Key), item.Subscribers))],
            [],
            managed)
        {
            Tags = budget.ResourceTags ?? default,
        };
    }

    public static BudgetSettings Normalised(BudgetSettings settings)
    {
        var old = settings.FilterExpression is null && settings.Metric is null;
        return settings with
        {
            Amount = settings.Amount switch
            {
                BudgetAmount.Fixed(var limit) => new BudgetAmount.Fixed(Normalised(limit)),
                BudgetAmount.Planned(var limits) =>
                    new BudgetAmount.Planned(limits.ToImmutableSortedDictionary(entry => entry.Key, entry => Normalised(entry.Value))),
                var other => other,
            },
            CostTypes = settings.Type == BudgetType.COST && old ? settings.CostTypes ?? new CostTypes() : settings.CostTypes,
            FilterExpression = settings.FilterExpression is { } filter ? Normalised(filter) : null,
            PeriodStart = settings.PeriodStart ?? FilledInStart,
            PeriodEnd = settings.PeriodEnd ?? FilledInEnd,
        };
    }

    private static ActualBudget Changed(ActualBudget budget, Change change)
    {
        switch (change)
        {
            case Change.UpdateBudget(_, var settings):
                foreach (var notification in budget.Notifications)
                    CheckFits(notification.Key, settings);
                CheckActions(budget.Actions.Length, settings);
                return budget with { Settings = Normalised(settings), ActualSpend = null, ForecastedSpend = null };
            case Change.TagBudget:
                return budget with { Managed = true, Adopted = true };
            case Change.ReleaseBudget:
                return budget with { Managed = false, Adopted = false };
            case Change.SetTags(_, var tags):
                return budget with { Tags = budget.Tags.Items.SetItems(tags.Items) };
            case Change.RemoveTags(_, var keys):
                Rule(keys.Length > 0 && keys.All(budget.Tags.ContainsKey), "a tag that is not there is not taken away");
                return budget with { Tags = budget.Tags.Items.RemoveRange(keys) };
            case Change.CreateNotification(_, var notification):
                Rule(budget.Notifications.All(item => item.Key != notification.Key), "DuplicateRecord: notification");
                Rule(budget.Notifications.Length < 10, "CreationLimitExceeded: notifications");
                CheckSubscribers(notification.Subscribers);
                CheckFits(notification.Key, budget.Settings);
                return budget with { Notifications = budget.Notifications.Items.Add(notification) };
            case Change.UpdateNotification(_, var from, var to):
                Rule(budget.Notifications.All(item => item.Key != to), "DuplicateRecord: notification");
                CheckFits(to, budget.Settings);
                return With(budget, from, subscribers => subscribers, to);
            case Change.DeleteNotification(_, var key):
                return budget with { Notifications = budget.Notifications.Items.Remove(Find(budget, key)) };
            case Change.CreateSubscriber(_, var key, var subscriber):
                return With(budget, key, subscribers =>
                {
                    Rule(!subscribers.Contains(subscriber), "DuplicateRecord: subscriber");
                    CheckSubscribers(subscribers.Add(subscriber));
                    return subscribers.Add(subscriber);
                });
            case Change.UpdateSubscriber(_, var key, var from, var to):
                return With(budget, key, subscribers =>
                {
                    Rule(subscribers.Contains(from), "NotFound: subscriber");
                    Rule(!subscribers.Contains(to), "DuplicateRecord: subscriber");
                    CheckSubscribers(subscribers.Remove(from).Add(to));
                    return subscribers.Remove(from).Add(to);
                });
            case Change.DeleteSubscriber(_, var key, var subscriber):
                Rule(Find(budget, key).Subscribers.Contains(subscriber), "NotFound: subscriber");
                return Find(budget, key).Subscribers.Count == 1
                    ? budget with { Notifications = budget.Notifications.Items.Remove(Find(budget, key)) }
                    : With(budget, key, subscribers => subscribers.Remove(subscriber));
            case Change.CreateAction(_, var action):
                Rule(budget.Actions.All(actualAction => !actualAction.Action.Equals(action)), "DuplicateRecord: action");
                CheckActions(1, budget.Settings);
                return budget with
                {
                    Actions = budget.Actions.Items.Add(
                        new ActualAction($"new-{budget.Actions.Length}-{action.ActionType}-{action.Threshold}", action, Locked: false))
                };
            case Change.UpdateAction(_, var id, _, var action):
                Rule(Action(budget, id).Action.ActionType == action.ActionType, "InvalidParameter: an action's type cannot change");
                return budget with { Actions = budget.Actions.Items.Replace(Action(budget, id), new ActualAction(id, action, Locked: false)) };
            case Change.DeleteAction(_, var id, _):
                return budget with { Actions = budget.Actions.Items.Remove(Action(budget, id)) };
            default:
                throw new InvalidOperationException($"The model does not know {change.GetType()}.");
        }
    }

    private static ActualBudget With(
        ActualBudget budget, NotificationKey key, Func<ImmutableSortedSet<Subscriber>, ImmutableSortedSet<Subscriber>> change, NotificationKey? newKey = null)
    {
        var found = Find(budget, key);
        return budget with { Notifications = budget.Notifications.Items.Replace(found, new Notification(newKey ?? key, change(found.Subscribers))) };
    }

    private static Notification Find(ActualBudget budget, NotificationKey key)
    {
        var found = budget.Notifications.FirstOrDefault(notification => notification.Key == key);
        Rule(found is not null, "NotFound: notification");
        return found!;
    }

    private static ActualAction Action(ActualBudget budget, string id)
    {
        var found = budget.Actions.FirstOrDefault(action => action.Id == id);
        Rule(found is not null, "NotFound: action");
        Rule(!found!.Locked, "ResourceLocked: action");
        return found;
    }

    private static void CheckActions(int count, BudgetSettings settings) => Rule(
        count == 0 || settings is { Type: BudgetType.COST or BudgetType.USAGE, TimeUnit: not TimeUnit.DAILY },
        "InvalidParameter: only cost and usage budgets have actions, and no daily ones");

    private static void CheckSubscribers(ImmutableSortedSet<Subscriber> subscribers)
    {
        Rule(!subscribers.IsEmpty, "InvalidParameter: a notification needs a subscriber");
        Rule(subscribers.Count(subscriber => subscriber.Type == SubscriptionType.EMAIL) <= 10, "CreationLimitExceeded: e-mail subscribers");
        Rule(subscribers.Count(subscriber => subscriber.Type == SubscriptionType.SNS) <= 1, "CreationLimitExceeded: topics");
    }

    /// <summary>Which alerts a budget can have: forecasts only of cost and usage, and not of days; the others only on falling.</summary>
    public static bool Fits(NotificationKey key, BudgetSettings settings)
    {
        var spending = settings.Type is BudgetType.COST or BudgetType.USAGE;
        var forecastable = spending && settings.TimeUnit != TimeUnit.DAILY;
        return (forecastable || key.Type != NotificationType.FORECASTED) && (spending || key.Comparison == ComparisonOperator.LESS_THAN);
    }

    private static void CheckFits(NotificationKey key, BudgetSettings settings) =>
        Rule(Fits(key, settings), "InvalidParameter: the notification does not suit the budget");

    private static SpendAmount Normalised(SpendAmount spend) => spend with { Amount = spend.Amount + 0.0m };

    private static NotificationKey Normalised(NotificationKey key) => key with { Threshold = key.Threshold + 0.0m };

    private static FilterExpression Normalised(FilterExpression filter) => filter switch
    {
        FilterExpression.And(var operands) => new FilterExpression.And([.. operands.Select(Normalised)]),
        FilterExpression.Or(var operands) => new FilterExpression.Or([.. operands.Select(Normalised)]),
        FilterExpression.Not(var operand) => new FilterExpression.Not(Normalised(operand)),
        FilterExpression.Match match when match.MatchOptions.IsEmpty => match with { MatchOptions = ["EQUALS", "CASE_SENSITIVE"] },
        _ => filter,
    };

    private static void Rule(bool holds, string rule)
    {
        if (!holds)
            throw new RefusedException(rule);
    }
}
