using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>
/// The changes of an account for whoever decides on them: amounts before and after, and who comes and goes by address. The planner's own words have neither,
/// because logs carry them.
/// </summary>
internal static class AccountChangeDescription
{
    public static ImmutableArray<string> Of(DesiredBudgets before, DesiredBudgets after, IReadOnlyList<Change> changes)
    {
        var moves = Names(before).Union(Names(after)).ToImmutableDictionary(
            name => name,
            name => (Come: Recipients(after, name).Except(Recipients(before, name)), Go: Recipients(before, name).Except(Recipients(after, name))),
            StringComparer.Ordinal);
        return
        [
            .. changes.SelectMany(change => Of(change, before, moves[change.BudgetName].Come.Union(moves[change.BudgetName].Go))),
            .. moves.Where(budget => !budget.Value.Come.IsEmpty || !budget.Value.Go.IsEmpty)
                .OrderBy(budget => budget.Key, StringComparer.Ordinal)
                .Select(budget => $"\"{budget.Key}\": recipients {Signed(budget.Value.Come, budget.Value.Go)}"),
        ];
    }

    private static IEnumerable<string> Of(Change change, DesiredBudgets before, ImmutableHashSet<string> told)
    {
        switch (change)
        {
            case Change.UpdateBudget(var old, var wanted) when Limit(old) is { } was && Limit(wanted) is { } now && was.Unit == now.Unit && was != now
                && old.TimeUnit == wanted.TimeUnit:
                yield return $"\"{change.BudgetName}\": {EditScreen.Movement(was.Amount, now.Amount, now.Unit, wanted.TimeUnit)}";
                if (old with { Amount = wanted.Amount } != wanted) yield return ChangeDescription.Of(change);
                break;
            // In another period or currency no difference says anything: both stand there whole.
            case Change.UpdateBudget(var old, var wanted) when Limit(old) is { } was && Limit(wanted) is { } now
                && (was.Unit != now.Unit || old.TimeUnit != wanted.TimeUnit):
                yield return $"\"{change.BudgetName}\": {Whole(was, old.TimeUnit)} → {Whole(now, wanted.TimeUnit)}"
                    + (old.Type == wanted.Type ? "" : $" ({old.Type} → {wanted.Type})");
                break;
            case Change.DeleteBudget when before.Budgets.FirstOrDefault(budget => budget.Settings.Name == change.BudgetName)?.Settings is { } gone
                && Limit(gone) is { } limit:
                yield return $"\"{change.BudgetName}\": delete, {Whole(limit, gone.TimeUnit)}";
                break;
            case Change.CreateBudget(var budget) when Limit(budget.Settings) is { } limit:
                yield return $"\"{change.BudgetName}\": create, {Whole(limit, budget.Settings.TimeUnit)}, "
                    + Number.Count(budget.Notifications.Length, "notification");
                break;
            // Once for the budget and not once for each of its thresholds.
            case Change.CreateSubscriber(_, _, var one) when told.Contains(one.Address):
            case Change.DeleteSubscriber(_, _, var other) when told.Contains(other.Address):
            case Change.UpdateSubscriber(_, _, var leaves, var come) when told.Contains(leaves.Address) && told.Contains(come.Address):
                break;
            default:
                yield return ChangeDescription.Of(change);
                break;
        }
    }

    private static string Whole(SpendAmount limit, TimeUnit unit) => $"{Number.Exact(limit.Amount)} {limit.Unit} {EditScreen.Period(unit)}";

    private static SpendAmount? Limit(BudgetSettings settings) => settings.Amount is BudgetAmount.Fixed(var limit) ? limit : null;

    private static IEnumerable<string> Names(DesiredBudgets budgets) => budgets.Budgets.Select(budget => budget.Settings.Name);

    private static ImmutableHashSet<string> Recipients(DesiredBudgets budgets, string name) =>
    [
        .. budgets.Budgets.Where(budget => budget.Settings.Name == name)
            .SelectMany(budget => budget.Notifications)
            .SelectMany(notification => notification.Subscribers)
            .Select(subscriber => subscriber.Address),
    ];

    private static string Signed(IEnumerable<string> come, IEnumerable<string> go) => string.Join(
        ", ",
        come.Order(StringComparer.Ordinal).Select(address => $"+ {address}").Concat(go.Order(StringComparer.Ordinal).Select(address => $"- {address}")));
}
