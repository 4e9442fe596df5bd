using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>
/// What holds for every plan, whatever is desired and whatever is there. The model throws where AWS would refuse a call, so every property also says that AWS
/// takes every call.
/// </summary>
public sealed class PlannerPropertyTests
{
    [Fact]
    public void One_apply_leads_from_any_state_to_any_state() => Holds(PlanCases.All, pair =>
    {
        var after = BudgetsModel.Apply(pair.Actual, Planner.Plan(pair.Desired, pair.Actual).Changes);
        var again = Planner.Plan(pair.Desired, after);
        Assert.Empty(again.Changes);
        Assert.Empty(again.Adopted);
    });

    [Fact]
    public void What_is_there_after_an_apply_is_what_was_desired() => Holds(PlanCases.All, pair =>
    {
        var after = BudgetsModel.Apply(pair.Actual, Planner.Plan(pair.Desired, pair.Actual).Changes);
        var foreign = pair.Actual.Budgets.Where(budget => !budget.Managed).Select(budget => budget.Settings.Name).ToHashSet();
        var ours = pair.Desired.Budgets.Where(budget => budget.Adopt || !foreign.Contains(budget.Settings.Name)).ToList();
        Assert.Equal(
            ours.Select(budget => budget.Settings.Name),
            after.Budgets.Where(budget => budget.Managed).Select(budget => budget.Settings.Name).Order(StringComparer.Ordinal));
        foreach (var desired in ours)
        {
            var actual = after.Budgets.Single(budget => budget.Settings.Name == desired.Settings.Name);
            Assert.Empty(BudgetComparison.Differences(desired.Settings, actual.Settings));
            Assert.Equal(desired.Notifications.Select(item => item.Key).ToHashSet(), actual.Notifications.Select(item => item.Key).ToHashSet());
            foreach (var notification in desired.Notifications)
            {
                var subscribers = actual.Notifications.Single(item => item.Key == notification.Key).Subscribers;
                Assert.True(
                    desired.KeepExtraSubscribers
                        ? subscribers.Items.IsSupersetOf(notification.Subscribers)
                        : subscribers.Items.SetEquals(notification.Subscribers));
            }

            Assert.True(desired.Actions.ToHashSet().SetEquals(actual.Actions.Select(action => action.Action)));
            Assert.Equal(desired.Actions.Length, actual.Actions.Length);
        }
    });

    [Fact]
    public void A_budget_with_alerts_before_and_after_has_one_at_every_moment() => Holds(PlanCases.All, pair =>
    {
        var alerting = pair.Desired.Budgets.Where(budget => budget.Notifications.Length > 0).Select(budget => budget.Settings.Name)
            .Intersect(pair.Actual.Budgets.Where(budget => budget.Notifications.Length > 0).Select(budget => budget.Settings.Name)).ToList();
        var now = pair.Actual;
        foreach (var change in Planner.Plan(pair.Desired, pair.Actual).Changes)
        {
            now = BudgetsModel.Apply(now, change);
            Assert.All(alerting, name => Assert.NotEmpty(now.Budgets.Single(budget => budget.Settings.Name == name).Notifications));
        }
    });

    [Fact]
    public void An_adopted_budget_is_never_deleted() => Holds(PlanCases.All, pair =>
    {
        var actual = pair.Actual with { Budgets = [.. pair.Actual.Budgets.Select(budget => budget with { Adopted = budget.Managed })] };
        var plan = Planner.Plan(pair.Desired, actual);
        Assert.DoesNotContain(plan.Changes, change => change is Change.DeleteBudget);
        var after = BudgetsModel.Apply(actual, plan.Changes);
        Assert.Superset(
            actual.Budgets.Select(budget => budget.Settings.Name).ToHashSet(),
            after.Budgets.Select(budget => budget.Settings.Name).ToHashSet());
        Assert.Empty(Planner.Plan(pair.Desired, after).Changes);
    });

    [Fact]
    public void A_foreign_budget_survives_everything_untouched() => Holds(PlanCases.All, pair =>
    {
        var plan = Planner.Plan(pair.Desired, pair.Actual);
        var after = BudgetsModel.Apply(pair.Actual, plan.Changes);
        var adopted = pair.Desired.Budgets.Where(budget => budget.Adopt).Select(budget => budget.Settings.Name).ToHashSet();
        foreach (var foreign in pair.Actual.Budgets.Where(budget => !budget.Managed && !adopted.Contains(budget.Settings.Name)))
        {
            Assert.Contains(foreign, after.Budgets);
            Assert.DoesNotContain(plan.Changes, change => change.BudgetName == foreign.Settings.Name);
        }
    });

    [Fact]
    public void An_apply_that_dies_between_any_two_calls_is_finished_by_the_next() => Holds(PlanCases.All, pair =>
    {
        var plan = Planner.Plan(pair.Desired, pair.Actual);
        var now = pair.Actual;
        foreach (var change in plan.Changes)
        {
            now = BudgetsModel.Apply(now, change);
            var finished = BudgetsModel.Apply(now, Planner.Plan(pair.Desired, now).Changes);
            Assert.Empty(Planner.Plan(pair.Desired, finished).Changes);
        }
    });

    [Fact]
    public void An_action_that_AWS_executes_is_waited_for_and_then_put_right() => Holds(PlanCases.WithLocks, pair =>
    {
        var plan = Planner.Plan(pair.Desired, pair.Actual);
        var locked = BudgetsModel.Apply(pair.Actual, plan.Changes);
        Assert.Empty(Planner.Plan(pair.Desired, locked).Changes);
        var unlocked =
            new ActualBudgets(
            [
                .. locked.Budgets.Select(budget => budget with { Actions = [.. budget.Actions.Select(action => action with { Locked = false })] })
            ]);
        var rest = Planner.Plan(pair.Desired, unlocked);
        Assert.Equal(plan.Waiting.IsEmpty, rest.IsEmpty);
        Assert.Empty(Planner.Plan(pair.Desired, BudgetsModel.Apply(unlocked, rest.Changes)).Changes);
    });

    [Fact]
    public void Drift_is_empty_exactly_when_there_is_nothing_to_do_to_refuse_or_to_wait_for() => Holds(PlanCases.WithLocks, pair =>
    {
        var plan = Planner.Plan(pair.Desired, pair.Actual);
        Assert.Equal(plan.IsEmpty && plan.Refusals.IsEmpty && plan.Waiting.IsEmpty, Drift.Between(pair.Desired, pair.Actual).IsEmpty);
        var after = BudgetsModel.Apply(pair.Actual, plan.Changes);
        Assert.Equal(plan.Refusals.IsEmpty && plan.Waiting.IsEmpty, Drift.Between(pair.Desired, after).IsEmpty);
    });

    [Fact]
    public void Drift_says_of_every_plan_what_a_direct_comparison_says() => Holds(PlanCases.WithLocks, pair =>
        Assert.Equal(
            DirectComparison.Between(pair.Desired, pair.Actual).Order(StringComparer.Ordinal),
            Drift.Between(pair.Desired, pair.Actual).Order(StringComparer.Ordinal)));

    [Fact]
    public void What_people_read_holds_no_address() => Holds(PlanCases.WithLocks, pair =>
    {
        var plan = Planner.Plan(pair.Desired, pair.Actual);
        Assert.All(
            [.. plan.Changes.Select(ChangeDescription.Of), .. plan.Refusals, .. plan.Waiting, .. plan.Adopted, .. Drift.Between(pair.Desired, pair.Actual)],
            text => Assert.False(text.Contains("@example.com", StringComparison.Ordinal) || text.Contains("arn:aws:sns", StringComparison.Ordinal), text));
    });

    [Fact]
    public void Budgets_as_AWS_answers_them_need_no_change() => Holds(PlanCases.All, pair =>
    {
        var actual = new ActualBudgets([.. pair.Desired.Budgets.Select(budget => BudgetsModel.Describe(budget, managed: true) with
        {
            Actions = [.. budget.Actions.Reverse().Select((action, number) => new ActualAction($"id-{number}", action, Locked: true))],
        })]);
        Assert.Empty(Planner.Plan(pair.Desired, actual).Changes);
        Assert.Empty(Drift.Between(pair.Desired, actual));
    });

    [Fact]
    public void A_replacement_gives_the_desired_budget_with_its_alerts_in_the_creating_call() => Holds(PlanCases.All, pair =>
    {
        foreach (var desired in pair.Desired.Budgets)
        {
            if (pair.Actual.Budgets.FirstOrDefault(budget => budget.Settings.Name == desired.Settings.Name && budget.Managed) is not { } actual)
                continue;
            var changes = Planner.Replacement(desired, actual);
            var after = BudgetsModel.Apply(new ActualBudgets([actual]), changes);
            Assert.Empty(Planner.Plan(new DesiredBudgets([desired]), after).Changes);
            Assert.Equal(2 + desired.Actions.Length, changes.Length);
        }
    });

    [Fact]
    public void The_order_in_which_AWS_lists_things_changes_no_plan() => Holds(PlanCases.All, pair =>
    {
        var reversed =
            new ActualBudgets(
            [
                .. pair.Actual.Budgets.Reverse()
                    .Select(budget => budget with { Notifications = [.. budget.Notifications.Reverse()], Actions = [.. budget.Actions.Reverse()] })
            ]);
        Assert.Equal(Planner.Plan(pair.Desired, pair.Actual).Changes.ToList(), Planner.Plan(pair.Desired, reversed).Changes.ToList());
    });

    private static void Holds(Arbitrary<PlanCase> cases, Action<PlanCase> property) =>
        Check.One(PropertyCases.Of(400), Prop.ForAll(cases, property));
}
