using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>Plans worth reading: one edit each, and the very calls it takes.</summary>
public sealed class PlannerTests
{
    private const string Name = "SpokeAccountBudget";
    private static readonly Subscriber Ann = new(SubscriptionType.EMAIL, "ann@example.com");
    private static readonly Subscriber Bob = new(SubscriptionType.EMAIL, "bob@example.com");
    private static readonly Subscriber Topic = new(SubscriptionType.SNS, "arn:aws:sns:us-east-1:111122223333:alerts");
    private static readonly Subscriber OtherTopic = new(SubscriptionType.SNS, "arn:aws:sns:us-east-1:111122223333:pager");

    [Fact]
    public void A_missing_budget_is_one_call_with_its_notifications_and_an_action_each_after_it()
    {
        var desired = Budget(1000, At(80, Ann)) with { Actions = [Stop(100)] };
        Assert.Equal([new Change.CreateBudget(desired), new Change.CreateAction(Name, Stop(100))], Changes(desired));
    }

    [Fact]
    public void A_changed_limit_is_one_update_and_touches_no_notification() =>
        Assert.Equal(
            [new Change.UpdateBudget(Actual(Budget(1000)).Settings, Budget(1500.50m).Settings)],
            Changes(Budget(1500.50m, At(80, Ann)), Actual(Budget(1000, At(80, Ann)))));

    [Fact]
    public void A_changed_threshold_is_one_update_and_does_not_touch_the_budget() =>
        Assert.Equal(
            [new Change.UpdateNotification(Name, Key(90), Key(85))],
            Changes(Budget(1000, At(80, Ann), At(85, Ann)), Actual(Budget(1000, At(80, Ann), At(90, Ann)))));

    [Fact]
    public void An_exchanged_recipient_is_one_update() =>
        Assert.Equal([new Change.UpdateSubscriber(Name, Key(80), Ann, Bob)], Changes(Budget(1000, At(80, Bob)), Actual(Budget(1000, At(80, Ann)))));

    [Fact]
    public void An_exchanged_topic_is_one_update_because_AWS_allows_one_topic_only() =>
        Assert.Equal(
            [new Change.UpdateSubscriber(Name, Key(80), Topic, OtherTopic)],
            Changes(Budget(1000, At(80, Ann, OtherTopic)), Actual(Budget(1000, At(80, Ann, Topic)))));

    [Fact]
    public void A_topic_for_the_only_address_is_added_before_the_address_goes_since_the_last_subscriber_takes_the_notification_with_it() =>
        Assert.Equal(
            [new Change.CreateSubscriber(Name, Key(80), Topic), new Change.DeleteSubscriber(Name, Key(80), Ann)],
            Changes(Budget(1000, At(80, Topic)), Actual(Budget(1000, At(80, Ann)))));

    [Fact]
    public void A_notification_of_another_type_is_added_before_the_old_one_goes()
    {
        var forecast = new Notification(Key(100) with { Type = NotificationType.FORECASTED }, [Ann]);
        Assert.Equal(
            [new Change.CreateNotification(Name, forecast), new Change.DeleteNotification(Name, Key(80))],
            Changes(Budget(1000, forecast), Actual(Budget(1000, At(80, Ann)))));
    }

    [Fact]
    public void Forecasts_go_before_a_budget_becomes_daily_and_come_after_it_was()
    {
        var forecast = new Notification(Key(100) with { Type = NotificationType.FORECASTED }, [Ann]);
        var monthly = Budget(1000, At(80, Ann), forecast);
        var daily = Budget(1000, At(80, Ann));
        daily = daily with { Settings = daily.Settings with { TimeUnit = TimeUnit.DAILY } };
        Assert.Equal(
            [new Change.DeleteNotification(Name, forecast.Key), new Change.UpdateBudget(Actual(monthly).Settings, daily.Settings)],
            Changes(daily, Actual(monthly)));
        Assert.Equal(
            [new Change.UpdateBudget(Actual(daily).Settings, monthly.Settings), new Change.CreateNotification(Name, forecast)],
            Changes(monthly, Actual(daily)));
    }

    [Fact]
    public void Actions_go_before_a_budget_becomes_daily()
    {
        var daily = Budget(1000, At(80, Ann));
        daily = daily with { Settings = daily.Settings with { TimeUnit = TimeUnit.DAILY } };
        var monthly = Actual(Budget(1000, At(80, Ann))) with { Actions = [new ActualAction("one", Stop(100), Locked: false)] };
        Assert.Equal(
            [new Change.DeleteAction(Name, "one", Stop(100)), new Change.UpdateBudget(monthly.Settings, daily.Settings)],
            Changes(daily, monthly));
    }

    [Fact]
    public void A_budget_that_becomes_one_of_utilization_never_lacks_an_alert()
    {
        var falling = new Notification(Key(90) with { Comparison = ComparisonOperator.LESS_THAN }, [Ann]);
        var coverage = Budget(100, falling);
        coverage = coverage with { Settings = coverage.Settings with { Type = BudgetType.SAVINGS_PLANS_COVERAGE } };
        Assert.Equal(
            [
                new Change.CreateNotification(Name, falling),
                new Change.DeleteNotification(Name, Key(80)),
                new Change.UpdateBudget(Actual(Budget(1000)).Settings, coverage.Settings),
            ],
            Changes(coverage, Actual(Budget(1000, At(80, Ann)))));
    }

    [Fact]
    public void At_the_cap_one_notification_goes_before_the_next_comes()
    {
        var full = Enumerable.Range(1, 10).Select(number => At(number, Ann)).ToArray();
        var forecast = new Notification(Key(100) with { Type = NotificationType.FORECASTED }, [Ann]);
        Assert.Equal(
            [new Change.DeleteNotification(Name, Key(1)), new Change.CreateNotification(Name, forecast)],
            Changes(Budget(1000, [.. full.Skip(1), forecast]), Actual(Budget(1000, full))));
    }

    [Fact]
    public void Two_notifications_that_exchange_their_recipients_keep_their_thresholds() =>
        Assert.Equal(
            [new Change.UpdateSubscriber(Name, Key(80), Ann, Bob), new Change.UpdateSubscriber(Name, Key(100), Bob, Ann)],
            Changes(Budget(1000, At(80, Bob), At(100, Ann)), Actual(Budget(1000, At(80, Ann), At(100, Bob)))));

    [Fact]
    public void Recipients_added_by_hand_go_unless_the_row_keeps_them()
    {
        var actual = Actual(Budget(1000, At(80, Ann, Bob, Topic)));
        Assert.Equal(
            [new Change.DeleteSubscriber(Name, Key(80), Bob), new Change.DeleteSubscriber(Name, Key(80), Topic)],
            Changes(Budget(1000, At(80, Ann)), actual));
        Assert.Empty(Changes(Budget(1000, At(80, Ann)) with { KeepExtraSubscribers = true }, actual));
    }

    [Fact]
    public void Recipients_added_by_hand_give_way_where_the_cap_leaves_no_room()
    {
        var wanted = Enumerable.Range(0, 10).Select(number => new Subscriber(SubscriptionType.EMAIL, $"team{number}@example.com")).ToArray();
        Assert.Equal(
            [new Change.UpdateSubscriber(Name, Key(80), Ann, wanted[9])],
            Changes(Budget(1000, At(80, wanted)) with { KeepExtraSubscribers = true }, Actual(Budget(1000, At(80, [.. wanted[..9], Ann])))));
    }

    [Fact]
    public void A_clash_with_a_foreign_budget_is_refused_and_says_how_to_adopt_it()
    {
        var plan = Planner.Plan(new DesiredBudgets([Budget(1000)]), new ActualBudgets([Actual(Budget(5)) with { Managed = false }]));
        Assert.Empty(plan.Changes);
        Assert.Equal(
            "BudgetName: \"SpokeAccountBudget\" exists in the account and was not created by BudgetSync, so it is left alone; add Adopt: true to the row "
                + "to take it over, or choose another BudgetName",
            Assert.Single(plan.Refusals));
    }

    [Fact]
    public void An_adopted_budget_is_tagged_first_then_put_right_and_reported()
    {
        var desired = Budget(1000, At(80, Ann)) with { Adopt = true };
        var plan = Planner.Plan(new DesiredBudgets([desired]), new ActualBudgets([Actual(Budget(5, At(80, Ann))) with { Managed = false }]));
        Assert.Equal([new Change.TagBudget(Name), new Change.UpdateBudget(Actual(Budget(5)).Settings, desired.Settings)], plan.Changes.AsEnumerable());
        Assert.Equal(
            "\"SpokeAccountBudget\" was taken over; it was a MONTHLY COST budget of 5 USD with 1 notifications and 0 actions",
            Assert.Single(plan.Adopted));
        Assert.Empty(plan.Refusals);
    }

    [Fact]
    public void A_renamed_budget_is_created_before_the_old_one_is_deleted()
    {
        var renamed = Budget(1000, At(80, Ann)) with { Settings = Budget(1000).Settings with { Name = "Zulu" } };
        Assert.Equal([new Change.CreateBudget(renamed), new Change.DeleteBudget(Name)], Changes(renamed, Actual(Budget(1000, At(80, Ann)))));
    }

    [Fact]
    public void Nothing_desired_deletes_what_we_manage_and_nothing_else()
    {
        var actual = new ActualBudgets([Actual(Budget(5)), Actual(Budget(5)) with { Managed = false, Settings = Budget(5).Settings with { Name = "Theirs" } }]);
        Assert.Equal([new Change.DeleteBudget(Name)], Planner.Plan(DesiredBudgets.None, actual).Changes.AsEnumerable());
    }

    /// <summary>An undo of an adoption, or a row that goes, must not cost a team the budget that it made itself, with its history.</summary>
    [Fact]
    public void An_adopted_budget_that_no_row_asks_for_is_given_back_and_not_deleted()
    {
        var actual = new ActualBudgets([Actual(Budget(5)) with { Adopted = true }]);
        Assert.Equal([new Change.ReleaseBudget(Name)], Planner.Plan(DesiredBudgets.None, actual).Changes.AsEnumerable());
        Assert.Equal([$"\"{Name}\": is still to be given back"], Drift.Between(DesiredBudgets.None, actual).AsEnumerable());
    }

    [Fact]
    public void An_action_of_another_type_is_created_before_the_old_one_is_deleted()
    {
        var policy = Stop(100) with { Definition = new ActionDefinition.Iam("arn:aws:iam::111122223333:policy/stop", ["admin"], [], []) };
        var actual = Actual(Budget(1000)) with { Actions = [new ActualAction("one", Stop(100), Locked: false)] };
        Assert.Equal(
            [new Change.CreateAction(Name, policy), new Change.DeleteAction(Name, "one", Stop(100))],
            Changes(Budget(1000) with { Actions = [policy] }, actual));
    }

    [Fact]
    public void An_action_at_another_threshold_is_updated_and_one_in_execution_is_waited_for()
    {
        var desired = Budget(1000) with { Actions = [Stop(120)] };
        var actual = Actual(Budget(1000)) with { Actions = [new ActualAction("one", Stop(100), Locked: false)] };
        Assert.Equal([new Change.UpdateAction(Name, "one", Stop(100), Stop(120))], Changes(desired, actual));

        var locked = Planner.Plan(
            new DesiredBudgets([desired]),
            new ActualBudgets([actual with { Actions = [new ActualAction("one", Stop(100), Locked: true)] }]));
        Assert.Empty(locked.Changes);
        Assert.Contains("cannot be changed until that ends", Assert.Single(locked.Waiting), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_change_of_type_or_time_unit_may_be_replaced_when_AWS_refuses_it()
    {
        var actual = Actual(Budget(1000)).Settings;
        Assert.False(Planner.MayReplace(new Change.UpdateBudget(actual, Budget(5).Settings)));
        Assert.True(Planner.MayReplace(new Change.UpdateBudget(actual, Budget(5).Settings with { TimeUnit = TimeUnit.ANNUALLY })));
        Assert.True(Planner.MayReplace(new Change.UpdateBudget(actual, Budget(5).Settings with { Type = BudgetType.USAGE })));
    }

    [Fact]
    public void An_adopted_budget_names_the_recipients_added_by_hand_that_go_with_their_threshold()
    {
        var actual = Actual(Budget(1000, At(50, Ann, Bob, Topic), At(80, Ann, Bob))) with { Managed = false };
        var desired = Budget(1000, At(80, Ann)) with { Adopt = true, KeepExtraSubscribers = true };

        Assert.EndsWith(
            "; KeepExtraSubscribers could not keep 2 EMAIL and 1 SNS of notification ACTUAL > 50 %: add the threshold or the recipients to the row",
            Adopted(desired, actual),
            StringComparison.Ordinal);
        Assert.EndsWith("and 0 actions", Adopted(desired with { KeepExtraSubscribers = false }, actual), StringComparison.Ordinal);
        // A threshold that moves takes its recipients along.
        var moved = Actual(Budget(1000, At(50, Ann, Bob))) with { Managed = false };
        Assert.EndsWith("and 0 actions", Adopted(desired, moved), StringComparison.Ordinal);
    }

    [Fact]
    public void An_adopted_budget_names_the_recipients_added_by_hand_for_whom_the_cap_leaves_no_room()
    {
        var wanted = Enumerable.Range(0, 10).Select(number => new Subscriber(SubscriptionType.EMAIL, $"team{number}@example.com")).ToArray();
        var actual = Actual(Budget(1000, At(80, [.. wanted[..9], Ann]))) with { Managed = false };

        Assert.Contains(
            "could not keep 1 EMAIL of notification ACTUAL > 80 %",
            Adopted(Budget(1000, At(80, wanted)) with { Adopt = true, KeepExtraSubscribers = true }, actual),
            StringComparison.Ordinal);
    }

    private static string Adopted(DesiredBudget desired, ActualBudget actual) =>
        Assert.Single(Planner.Plan(new DesiredBudgets([desired]), new ActualBudgets([actual])).Adopted);

    [Fact]
    public void A_replacement_keeps_recipients_added_by_hand_where_the_row_does()
    {
        var desired = Budget(1000, At(80, Ann)) with { KeepExtraSubscribers = true };
        var created = Planner.Replacement(desired, Actual(Budget(1000, At(80, Ann, Bob)))).OfType<Change.CreateBudget>().Single();
        Assert.Equal([Ann, Bob], Assert.Single(created.Budget.Notifications).Subscribers);
    }

    [Fact]
    public void A_replacement_keeps_recipients_added_by_hand_to_a_threshold_that_moves()
    {
        var desired = Budget(1000, At(85, Ann)) with { KeepExtraSubscribers = true };
        var created = Planner.Replacement(desired, Actual(Budget(1000, At(80, Ann, Bob)))).OfType<Change.CreateBudget>().Single();
        Assert.Equal([Ann, Bob], Assert.Single(created.Budget.Notifications).Subscribers);
    }

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(true, false, false, false)]
    [InlineData(true, false, true, true)]
    [InlineData(false, true, false, false)]
    public void Details_are_read_only_where_a_plan_depends_on_them(bool desired, bool managed, bool adopt, bool read) =>
        Assert.Equal(read, Planner.MustRead(new DesiredBudgets(desired ? [Budget(1) with { Adopt = adopt }] : []), Name, managed));

    private static List<Change> Changes(DesiredBudget desired, params ActualBudget[] actual) =>
        [.. Planner.Plan(new DesiredBudgets([desired]), new ActualBudgets([.. actual])).Changes];

    private static ActualBudget Actual(DesiredBudget budget) => BudgetsModel.Describe(budget, managed: true);

    private static DesiredBudget Budget(decimal limit, params Notification[] notifications) => new(
        new BudgetSettings { Name = Name, Type = BudgetType.COST, TimeUnit = TimeUnit.MONTHLY, Amount = new BudgetAmount.Fixed(new SpendAmount(limit, "USD")) },
        [.. notifications],
        []);

    private static NotificationKey Key(decimal threshold) => new(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, threshold, ThresholdType.PERCENTAGE);

    private static Notification At(decimal threshold, params Subscriber[] subscribers) => new(Key(threshold), [.. subscribers]);

    private static BudgetAction Stop(decimal threshold) => new(
        NotificationType.ACTUAL,
        threshold,
        ThresholdType.PERCENTAGE,
        new ActionDefinition.Ssm(ActionSubType.STOP_EC2_INSTANCES, "eu-west-1", ["i-0123456789abcdef0"]),
        "arn:aws:iam::111122223333:role/actions",
        ApprovalModel.AUTOMATIC,
        [Ann]);
}
