using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// From the actions a budget has to those it should have. An action's type cannot change in place, so only actions of one type are matched: equal ones first,
/// then those at the same threshold, then any. What is matched and differs is an update; the rest is created, then the rest is deleted, so that a guardrail
/// is never down while its successor goes up.
/// </summary>
/// <remarks>
/// AWS refuses to change or delete an action while it executes it (ResourceLockedException). Such an action is left alone and told as waiting:
/// no failing call is made, and a later apply finds it unlocked.
/// </remarks>
internal static class ActionChanges
{
    /// <param name="withheld">Takes the changes that AWS does not let us make now.</param>
    /// <param name="waiting">Takes why, a line each.</param>
    public static IEnumerable<Change> Between(DesiredBudget desired, ActualBudget actual, ICollection<Change> withheld, ICollection<string> waiting)
    {
        var budget = desired.Settings.Name;
        var (matches, created, deleted) = Match(desired.Actions, actual.Actions);

        foreach (var (wanted, found) in matches.Where(pair => !pair.Wanted.Equals(pair.Found.Action)))
        {
            var change = new Change.UpdateAction(budget, found.Id, found.Action, wanted);
            if (found.Locked)
                Withhold(change, found, "changed", "changes");
            else
                yield return change;
        }

        foreach (var action in created)
            yield return new Change.CreateAction(budget, action);

        foreach (var found in deleted)
        {
            var change = new Change.DeleteAction(budget, found.Id, found.Action);
            if (found.Locked)
                Withhold(change, found, "deleted", "deletes");
            else
                yield return change;
        }

        void Withhold(Change change, ActualAction found, string done, string does)
        {
            withheld.Add(change);
            waiting.Add(
                $"\"{budget}\": the action {Describe.Of(found.Action)} is being executed by AWS and cannot be {done} until that ends; the next "
                    + $"apply {does} it");
        }
    }

    public static (
        ImmutableArray<(BudgetAction Wanted, ActualAction Found)> Matches,
        ImmutableArray<BudgetAction> Created,
        ImmutableArray<ActualAction> Deleted) Match(
        ImmutableArray<BudgetAction> wanted,
        ImmutableArray<ActualAction> found)
    {
        var matches = ImmutableArray.CreateBuilder<(BudgetAction, ActualAction)>();
        var open = wanted.ToList();
        var free = found.OrderBy(action => action.Id, StringComparer.Ordinal).ToList();
        TakeWhere((action, actualAction) => action.Equals(actualAction.Action));
        TakeWhere((action, actualAction) => action.ActionType == actualAction.Action.ActionType
            && (
                action.NotificationType,
                action.Threshold,
                action.ThresholdType) == (actualAction.Action.NotificationType, actualAction.Action.Threshold, actualAction.Action.ThresholdType));
        TakeWhere((action, actualAction) => action.ActionType == actualAction.Action.ActionType);
        return (matches.ToImmutable(), [.. open], [.. free]);

        void TakeWhere(Func<BudgetAction, ActualAction, bool> fits)
        {
            foreach (var action in open.ToList())
            {
                var index = free.FindIndex(actualAction => fits(action, actualAction));
                if (index < 0)
                    continue;
                matches.Add((action, free[index]));
                free.RemoveAt(index);
                open.Remove(action);
            }
        }
    }
}
