using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// Decides the writes that make one spoke's budgets what they should be. Pure: the same desired and actual budgets always give the same plan.
/// </summary>
public static class Planner
{
    /// <summary>
    /// The plan from <paramref name="actual"/> to <paramref name="desired"/>. Budgets are created and changed first, in order of name; those that
    /// are to go are deleted, or given back where they were adopted, last, so that a renamed budget is never without its successor. Equal in meaning gives an
    /// empty plan.
    /// </summary>
    /// <param name="actual">Complete for every budget that <see cref="MustRead"/> names; of the others the settings and the tag are enough.</param>
    public static Plan Plan(DesiredBudgets desired, ActualBudgets actual)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        var withheld = ImmutableArray.CreateBuilder<Change>();
        var clashes = ImmutableArray.CreateBuilder<string>();
        var waiting = ImmutableArray.CreateBuilder<string>();
        var adopted = ImmutableArray.CreateBuilder<string>();
        var found = actual.Budgets.ToDictionary(actualBudget => actualBudget.Settings.Name, StringComparer.Ordinal);

        foreach (var budget in desired.Budgets.OrderBy(desiredBudget => desiredBudget.Settings.Name, StringComparer.Ordinal))
        {
            if (!found.TryGetValue(budget.Settings.Name, out var present))
            {
                changes.AddRange(Creation(budget));
                continue;
            }

            if (!present.Managed)
            {
                if (!budget.Adopt)
                {
                    clashes.Add(budget.Settings.Name);
                    continue;
                }

                // The tag comes first: an apply that dies right after it has adopted the budget, and the next one finishes the rest.
                changes.Add(new Change.TagBudget(budget.Settings.Name));
                adopted.Add(TakenOver(present) + Lost(budget, present));
            }

            IEnumerable<Change> settings = BudgetComparison.Same(budget.Settings, present.Settings, actual.ReadAt)
                ? []
                : [new Change.UpdateBudget(present.Settings, budget.Settings)];
            changes.AddRange(TagChanges.Between(budget, present));
            Change[] alerts = [.. NotificationChanges.Between(budget, present), .. ActionChanges.Between(budget, present, withheld, waiting)];
            // A notification or action that does not fit the new settings must go before they come; otherwise those that come may need the new settings.
            var actionsFit = present.Actions.IsEmpty || ActionFit.Fits(budget.Settings);
            var alertsFirst = !actionsFit || present.Notifications.Any(notification => !NotificationFit.Fits(notification.Key, budget.Settings));
            // One that AWS is executing cannot go yet, and the settings would be refused: the budget stays as it is until then.
            var made = !actionsFit && present.Actions.Any(action => action.Locked) ? withheld : changes;
            made.AddRange(alertsFirst ? alerts.Concat(settings) : settings.Concat(alerts));
        }

        var wanted = desired.Budgets.Select(desiredBudget => desiredBudget.Settings.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var budget in actual.Budgets.Where(actualBudget => actualBudget.Managed && !wanted.Contains(actualBudget.Settings.Name))
            .OrderBy(actualBudget => actualBudget.Settings.Name, StringComparer.Ordinal))
            changes.Add(budget.Adopted ? new Change.ReleaseBudget(budget.Settings.Name) : new Change.DeleteBudget(budget.Settings.Name));

        return new Plan(
            changes.ToImmutable(),
            withheld.ToImmutable(),
            clashes.ToImmutable(),
            waiting.ToImmutable(),
            adopted.ToImmutable())
        { ReadAt = actual.ReadAt };
    }

    /// <summary>
    /// Whether a plan depends on the notifications, subscribers and actions of the budget of this name, so that they must be read. A foreign budget's are
    /// needed only where it is to be adopted, and those of a budget that will be deleted never: that saves two calls and more per budget.
    /// </summary>
    public static bool MustRead(DesiredBudgets desired, string name, bool managed) =>
        desired.Budgets.Any(budget => budget.Settings.Name == name && (managed || budget.Adopt));

    /// <summary>
    /// Whether a refusal of this update may be healed by <see cref="Replacement"/>: AWS may refuse to change a budget's type or time unit in place.
    /// A refusal of anything else would be one of CreateBudget too, with the old budget gone by then.
    /// </summary>
    public static bool MayReplace(Change.UpdateBudget update) => update.From.Type != update.To.Type || update.From.TimeUnit != update.To.TimeUnit;

    /// <summary>
    /// Delete and create, in place of all planned changes of this one budget, for when AWS refuses to change it in place (see <see cref="MayReplace"/>).
    /// The alerts travel in the same call that creates the budget, those that were added by hand included where the row keeps them;
    /// for the moment between the two calls there are none, which cannot be avoided since the name must be free. The history of spend is lost.
    /// </summary>
    public static ImmutableArray<Change> Replacement(DesiredBudget desired, ActualBudget actual)
    {
        // Tags of which the row says nothing stay, as everywhere.
        var whole = desired with { Notifications = NotificationChanges.Target(desired, actual), ResourceTags = desired.ResourceTags ?? actual.Tags };
        return [new Change.DeleteBudget(desired.Settings.Name), .. Creation(whole)];
    }

    internal static string Clash(string name) =>
        $"BudgetName: \"{name}\" exists in the account and was not created by BudgetSync, so it is left alone; add Adopt: true to the row to take it "
            + $"over, or choose another BudgetName";

    private static IEnumerable<Change> Creation(DesiredBudget budget) =>
        [new Change.CreateBudget(budget), .. budget.Actions.Select(action => new Change.CreateAction(budget.Settings.Name, action))];

    /// <summary>Who was added by hand and cannot be kept: afterwards AWS knows them no more, so this is the last time that anything can name them.</summary>
    private static string Lost(DesiredBudget desired, ActualBudget actual)
    {
        var lost = NotificationChanges.Lost(desired, actual)
            .Select(gone => $"{Describe.Of(gone.Subscribers)} of notification {Describe.Of(gone.Key)}")
            .ToList();
        return lost.Count == 0 ? "" : $"; KeepExtraSubscribers could not keep {string.Join(", ", lost)}: add the threshold or the recipients to the row";
    }

    private static string TakenOver(ActualBudget budget) =>
        $"\"{budget.Settings.Name}\" was taken over; it was a {budget.Settings.TimeUnit} {budget.Settings.Type} budget of "
            + $"{Describe.Of(budget.Settings.Amount)} with {budget.Notifications.Length} notifications and {budget.Actions.Length} actions";
}
