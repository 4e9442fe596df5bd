using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

public sealed class AlertTopicTests
{
    private const string Own = "arn:aws:sns:us-east-1:111122223333:BudgetSync-Alerts";
    private const string Theirs = "arn:aws:sns:us-east-1:111122223333:theirs";
    private static readonly AccountId Account = AccountId.Parse("111122223333");
    private static readonly Subscriber Mail = new(SubscriptionType.EMAIL, "finops@example.com");
    private static readonly BudgetSettings Settings = new()
    {
        Name = "A",
        Type = BudgetType.COST,
        TimeUnit = TimeUnit.MONTHLY,
        Amount = new BudgetAmount.Fixed(new SpendAmount(100, "USD")),
    };

    [Fact]
    public void A_budget_of_before_gains_the_topic_by_one_call_for_each_notification_and_none_that_would_make_AWS_forget_its_spend()
    {
        var desired = Desired(keepExtra: false, At(80, Mail), At(100, Mail));
        var actual = Actual(At(80, Mail), At(100, Mail));

        var plan = Planner.Plan(AlertTopic.Added(desired, Own, actual), actual);

        Assert.Equal([80m, 100m], plan.Changes.Select(change => Assert.IsType<Change.CreateSubscriber>(change).Key.Threshold));
        Assert.Empty(Planner.Plan(AlertTopic.Added(desired, Own, Actual(At(80, Mail, Topic(Own)), At(100, Mail, Topic(Own)))), WithOwn()).Changes);

        static ActualBudgets WithOwn() => Actual(At(80, Mail, Topic(Own)), At(100, Mail, Topic(Own)));
    }

    [Fact]
    public void A_topic_that_the_row_names_stays_the_only_one()
    {
        var desired = Desired(keepExtra: false, At(80, Mail, Topic(Theirs)));

        Assert.Equal(desired, AlertTopic.Added(desired, Own, Actual()));
    }

    [Fact]
    public void A_topic_added_by_hand_stays_where_the_row_keeps_such_and_gives_way_where_it_does_not()
    {
        var actual = Actual(At(80, Mail, Topic(Theirs)));

        Assert.Empty(Planner.Plan(AlertTopic.Added(Desired(keepExtra: true, At(80, Mail)), Own, actual), actual).Changes);
        Assert.Equal(
            [new Change.UpdateSubscriber("A", At(80).Key, Topic(Theirs), Topic(Own))],
            Planner.Plan(AlertTopic.Added(Desired(keepExtra: false, At(80, Mail)), Own, actual), actual).Changes.AsEnumerable());
    }

    [Fact]
    public void Where_the_spoke_has_no_topic_any_more_its_subscriber_goes()
    {
        var actual = Actual(At(80, Mail, Topic(Own)));

        Assert.Equal(
            [new Change.DeleteSubscriber("A", At(80).Key, Topic(Own))],
            Planner.Plan(AlertTopic.Added(Desired(keepExtra: false, At(80, Mail)), null, actual), actual).Changes.AsEnumerable());
    }

    [Fact]
    public void From_afar_the_topic_is_known_by_the_budgets_that_have_it_and_one_that_lost_it_is_drift()
    {
        var actual = Actual(At(80, Mail, Topic(Own)), At(100, Mail));
        var none = Actual(At(80, Mail, Topic(Theirs)), At(100, Mail));
        var desired = Desired(keepExtra: false, At(80, Mail), At(100, Mail));

        Assert.Equal(Own, AlertTopic.SeenIn(actual, Account));
        Assert.Null(AlertTopic.SeenIn(none, Account));
        Assert.Null(AlertTopic.SeenIn(actual, AccountId.Parse("222222222222")));
        Assert.Equal(
            ["\"A\": notification ACTUAL > 100 % misses 1 SNS"],
            Drift.Between(AlertTopic.Added(desired, AlertTopic.SeenIn(actual, Account), actual), actual).AsEnumerable());
    }

    private static Subscriber Topic(string arn) => new(SubscriptionType.SNS, arn);

    private static Notification At(decimal threshold, params Subscriber[] subscribers) => new(
        new NotificationKey(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, threshold, ThresholdType.PERCENTAGE),
        subscribers.ToImmutableSortedSet());

    private static DesiredBudgets Desired(bool keepExtra, params Notification[] notifications) =>
        new([new DesiredBudget(Settings, [.. notifications], []) { KeepExtraSubscribers = keepExtra }]);

    private static ActualBudgets Actual(params Notification[] notifications) => new([new ActualBudget(Settings, [.. notifications], [], Managed: true)]);
}
