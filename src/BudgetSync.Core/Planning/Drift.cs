using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// How a spoke's budgets differ from what they should be, in words for people: the plan that would put them right, told as what is wrong now. There is no
/// second comparison beside the planner's that could see something else. No e-mail addresses: subscribers are told by kind and count.
/// </summary>
public static class Drift
{
    /// <summary>One line per difference, in order of budget name; empty exactly when the two are in sync.</summary>
    public static ImmutableArray<string> Between(DesiredBudgets desired, ActualBudgets actual) => Of(Planner.Plan(desired, actual));

    /// <summary>
    /// What the plan is there to put right: what it changes, what it would change once AWS lets us, and what it leaves alone because it is not ours.
    /// </summary>
    public static ImmutableArray<string> Of(Plan plan)
    {
        var clashes = plan.Clashes.Select(name => (Name: name, Deleted: false, Lines: (IEnumerable<string>)["exists and was not created by BudgetSync"]));
        var budgets = plan.Changes.Concat(plan.Withheld)
            .GroupBy(change => change.BudgetName, StringComparer.Ordinal)
            .Select(group => (
                Name: group.Key,
                Deleted: group.First() is Change.DeleteBudget or Change.ReleaseBudget,
                Lines: OfBudget([.. group], plan.ReadAt)));
        return
        [
            .. clashes.Concat(budgets)
                .OrderBy(budget => budget.Deleted)
                .ThenBy(budget => budget.Name, StringComparer.Ordinal)
                .SelectMany(budget => budget.Lines.Select(line => $"\"{budget.Name}\": {line}")),
        ];
    }

    private static IEnumerable<string> OfBudget(ImmutableArray<Change> changes, DateTimeOffset? readAt) => changes[0] switch
    {
        Change.CreateBudget => ["is missing"],
        Change.DeleteBudget => ["exists, should not"],
        Change.ReleaseBudget => ["is still to be given back"],
        _ =>
        [
            .. changes.OfType<Change.TagBudget>().Select(_ => "is still to be taken over"),
            .. changes.OfType<Change.UpdateBudget>().SelectMany(update => BudgetComparison.Differences(update.To, update.From, readAt)),
            .. changes.OfType<Change.SetTags>().Select(set => $"tags {string.Join(", ", set.Tags.Keys)} are missing or differ"),
            .. changes.OfType<Change.RemoveTags>().Select(removed => $"tags {string.Join(", ", removed.Keys.Items)} exist, should not"),
            .. OfNotifications(changes),
            .. OfActions(changes),
        ],
    };

    private static IEnumerable<string> OfNotifications(ImmutableArray<Change> changes)
    {
        var moves = changes.OfType<Change.UpdateNotification>().ToList();
        var missing = changes.OfType<Change.CreateNotification>().Select(created => created.Notification.Key).Concat(moves.Select(move => move.To)).ToHashSet();
        var surplus = changes.OfType<Change.DeleteNotification>().Select(deleted => deleted.Key).Concat(moves.Select(move => move.From));
        // Whom one tells that has moved is no difference of its own: the notification as it should be is missing.
        var subscribers = changes.Select(SubscriberDifference.Of)
            .OfType<SubscriberDifference>()
            .Where(difference => !missing.Contains(difference.Key))
            .ToLookup(difference => difference.Key);
        foreach (var key in missing.Concat(subscribers.Select(differences => differences.Key)).Order())
        {
            if (missing.Contains(key))
                yield return $"notification {Describe.Of(key)} is missing";
            if (subscribers[key].Select(difference => difference.Lost).OfType<Subscriber>().ToList() is { Count: > 0 } lost)
                yield return $"notification {Describe.Of(key)} misses {Describe.Of(lost)}";
            if (subscribers[key].Select(difference => difference.Extra).OfType<Subscriber>().ToList() is { Count: > 0 } extra)
                yield return $"notification {Describe.Of(key)} has {Describe.Of(extra)} too many";
        }

        foreach (var key in surplus.Order())
            yield return $"notification {Describe.Of(key)} exists, should not";
    }

    private static IEnumerable<string> OfActions(ImmutableArray<Change> changes) =>
    [
        .. changes.OfType<Change.UpdateAction>().Select(update => $"action {Describe.Of(update.To)} was changed"),
        .. changes.OfType<Change.CreateAction>().Select(create => $"action {Describe.Of(create.Action)} is missing"),
        .. changes.OfType<Change.DeleteAction>().Select(delete => $"action {Describe.Of(delete.Action)} exists, should not"),
    ];

    /// <summary>What a change of a subscriber puts right.</summary>
    private sealed record SubscriberDifference(NotificationKey Key, Subscriber? Lost, Subscriber? Extra)
    {
        public static SubscriberDifference? Of(Change change) => change switch
        {
            Change.CreateSubscriber(_, var key, var subscriber) => new(key, subscriber, null),
            Change.UpdateSubscriber(_, var key, var from, var to) => new(key, to, from),
            Change.DeleteSubscriber(_, var key, var subscriber) => new(key, null, subscriber),
            _ => null,
        };
    }
}
