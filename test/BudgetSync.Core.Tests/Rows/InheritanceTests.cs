using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

public sealed class InheritanceTests
{
    private const string Planned =
        """ "PlannedBudgetLimits":{"2026-01":1,"2026-02":1,"2026-03":1,"2026-04":1,"2026-05":1,"2026-06":1,"2026-07":1,"2026-08":1,"2026-09":1"""
            + ""","2026-10":1,"2026-11":1,"2026-12":1} """;

    [Fact]
    public void A_nearer_attribute_wins_and_the_others_are_inherited()
    {
        var budget = One(
            """{"BudgetValue":2000}""",
            """{"AccountId":"ou-ab12-11111111","Thresholds":"80","BudgetValue":1}""",
            """{"AccountId":"default","EmailRecipients":"a@b.io","Thresholds":"50","BudgetValue":2}""");

        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(2000, "USD")), budget.Settings.Amount);
        Assert.Equal(80, Assert.Single(budget.Notifications).Key.Threshold);
        Assert.Equal("a@b.io", Assert.Single(budget.Notifications[0].Subscribers).Address);
    }

    [Fact]
    public void Where_it_came_from_is_told_nearest_first() =>
        Assert.Equal(
            ["111122223333", "ou-ab12-11111111", "default"],
            Given.Desired("""{"BudgetValue":1}""", """{"AccountId":"ou-ab12-11111111"}""", """{"AccountId":"default"}""").Parameter.From.Select(
                scope => scope.Key));

    [Fact]
    public void A_nearer_way_of_giving_the_amount_replaces_the_farther_way()
    {
        Assert.IsType<BudgetAmount.Fixed>(One("""{"BudgetValue":1}""", $$"""{"AccountId":"default",{{Planned}}}""").Settings.Amount);
        Assert.IsType<BudgetAmount.Planned>(
            One("{" + Planned + "}", """{"AccountId":"default","AutoAdjustData":{"AutoAdjustType":"FORECAST"}}""").Settings.Amount);
        Assert.IsType<BudgetAmount.AutoAdjusted>(
            One("""{"AutoAdjustData":{"AutoAdjustType":"FORECAST"}}""", """{"AccountId":"default","BudgetValue":1}""").Settings.Amount);
    }

    [Fact]
    public void A_nearer_style_of_filters_drops_the_farther_style()
    {
        var budget =
            One(
                """{"BudgetValue":1,"FilterExpression":{"Tags":{"Key":"Env","Values":["prod"]}}}""",
                """{"AccountId":"default","CostFilters":{"Service":"a"},"CostTypes":{"IncludeTax":false}}""").Settings;

        Assert.Empty(budget.CostFilters);
        Assert.Null(budget.CostTypes);
        Assert.Equal(BudgetMetric.UnblendedCost, budget.Metric);
    }

    [Theory]
    [InlineData("COST", "UnblendedCost")]
    [InlineData("USAGE", "UsageQuantity")]
    public void An_expression_without_metrics_is_given_the_metric_of_its_type(string type, string metric) => Assert.Equal(
        metric,
        One($$$"""{"FilterExpression":{"Dimensions":{"Key":"USAGE_TYPE","Values":["a"]}},"BudgetValue":1,"Unit":"USD","BudgetType":"{{{type}}}"}""")
            .Settings.Metric.ToString());

    [Fact]
    public void An_inherited_metric_needs_a_nearer_expression() => Assert.Equal(
        BudgetMetric.AmortizedCost,
        One(
            """{"BudgetValue":1,"FilterExpression":{"Tags":{"Key":"Env","Values":["prod"]}}}""",
            """{"AccountId":"default","Metrics":["AmortizedCost"]}""").Settings.Metric);

    [Fact]
    public void A_filter_by_account_in_a_row_for_many_holds_for_the_management_account_alone()
    {
        var row = Given.Row("""{"AccountId":"r-ab12","BudgetValue":1,"CostFilters":{"LinkedAccount":["222233334444"]}}""");

        Assert.Empty(RowCheck.Problems(row, Given.Defaults));
        Assert.IsType<Resolution.Desired>(Resolver.Resolve(Given.Management, [row], Given.Defaults));
        Assert.Equal(
            "row \"r-ab12\": CostFilters.LinkedAccount: filters by account, which works in the management account 999999999999 only, and this is the budget of "
                + "111122223333; move a budget over chosen accounts to the row of 999999999999",
            Assert.Single(Assert.IsType<Resolution.Rejected>(Resolver.Resolve(Given.Account, [row], Given.Defaults)).Reasons));
        Assert.IsType<Resolution.Desired>(
            Resolver.Resolve(Given.Account, [Given.Row("""{"CostFilters":{"Region":["eu-west-1"]}}"""), row], Given.Defaults));
    }

    [Fact]
    public void An_empty_map_of_filters_drops_inherited_filters() =>
        Assert.Empty(One("""{"BudgetValue":1,"CostFilters":{}}""", """{"AccountId":"default","CostFilters":{"Service":"a"}}""").Settings.CostFilters);

    [Fact]
    public void Null_drops_an_inherited_topic()
    {
        const string inherited = """{"AccountId":"default","BudgetValue":1,"SnsTopicArn":"arn:aws:sns:us-east-1:{AccountId}:t"}""";

        Assert.Equal(2, One("{}", inherited).Notifications[0].Subscribers.Count);
        Assert.Equal(SubscriptionType.EMAIL, Assert.Single(One("""{"SnsTopicArn":null}""", inherited).Notifications[0].Subscribers).Type);
    }

    [Fact]
    public void A_changed_budget_type_starts_anew_with_amount_unit_and_filters()
    {
        var budget = One(
            """{"BudgetType":"SAVINGS_PLANS_COVERAGE"}""",
            """{"AccountId":"default","BudgetValue":1000,"Unit":"EUR","CostTypes":{"IncludeTax":false},"Thresholds":"70","TimeUnit":"QUARTERLY"}""");

        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(100, "PERCENTAGE")), budget.Settings.Amount);
        Assert.Equal(TimeUnit.QUARTERLY, budget.Settings.TimeUnit);
        Assert.Equal((70, ComparisonOperator.LESS_THAN), (budget.Notifications[0].Key.Threshold, budget.Notifications[0].Key.Comparison));
    }

    [Fact]
    public void A_budget_type_that_only_repeats_the_inherited_one_changes_nothing() =>
        Assert.Equal(
            new BudgetAmount.Fixed(new SpendAmount(1000, "EUR")),
            One("""{"BudgetType":"COST"}""", """{"AccountId":"default","BudgetValue":1000,"Unit":"EUR"}""").Settings.Amount);

    [Fact]
    public void A_nearer_list_of_budgets_replaces_a_farther_budget_and_inherits_who_is_told()
    {
        var budgets = Given.Desired(
            """{"Budgets":[{"BudgetName":"a","BudgetValue":1},{"BudgetName":"b","BudgetValue":2,"EmailRecipients":"b@b.io"}]}""",
            """{"AccountId":"default","BudgetValue":9,"Unit":"EUR","EmailRecipients":"d@d.io","Thresholds":"70"}""").Budgets.Budgets;

        Assert.Equal(
            [new BudgetAmount.Fixed(new SpendAmount(1, "USD")), new BudgetAmount.Fixed(new SpendAmount(2, "USD"))],
            budgets.Select(budget => budget.Settings.Amount));
        Assert.Equal(["d@d.io", "b@b.io"], budgets.Select(budget => budget.Notifications[0].Subscribers.Items[0].Address));
        Assert.All(budgets, budget => Assert.Equal(70, budget.Notifications[0].Key.Threshold));
    }

    [Fact]
    public void A_nearer_budget_replaces_a_farther_list_of_budgets()
    {
        var budget = One(
            """{"BudgetValue":5}""",
            """{"AccountId":"default","Budgets":[{"BudgetName":"a","BudgetValue":1},{"BudgetName":"b","BudgetValue":2}]}""");

        Assert.Equal(("SpokeAccountBudget", new BudgetAmount.Fixed(new SpendAmount(5, "USD"))), (budget.Settings.Name, budget.Settings.Amount));
    }

    [Fact]
    public void A_nearer_row_that_says_only_who_is_told_applies_to_each_budget_of_a_farther_list()
    {
        var budgets = Given.Desired(
            """{"EmailRecipients":"me@me.io"}""",
            """{"AccountId":"default","Budgets":[{"BudgetName":"a","BudgetValue":1},{"BudgetName":"b","BudgetValue":2"""
                + ""","EmailRecipients":"b@b.io"}]}""").Budgets.Budgets;

        Assert.Equal(["me@me.io", "me@me.io"], budgets.Select(budget => budget.Notifications[0].Subscribers.Items[0].Address));
    }

    [Theory]
    [InlineData("""{"BudgetValue":1}""", """{"AccountId":"default","Enabled":false}""", true)]
    [InlineData("""{"BudgetValue":1,"Enabled":true}""", """{"AccountId":"default","Enabled":false}""", false)]
    [InlineData("""{"BudgetValue":1,"Enabled":false}""", """{"AccountId":"default","Enabled":true}""", true)]
    public void The_nearest_row_that_says_enabled_or_not_decides(string near, string far, bool disabled) =>
        Assert.Equal(disabled, Given.Resolve(near, far) is Resolution.Disabled);

    [Theory]
    [InlineData("{}", OnDelete.RETAIN)]
    [InlineData("""{"OnDelete":"DELETE"}""", OnDelete.DELETE)]
    public void On_delete_is_inherited_like_the_rest(string near, OnDelete expected) =>
        Assert.Equal(expected, Given.Desired(near, """{"AccountId":"default","BudgetValue":1,"OnDelete":"RETAIN"}""").Parameter.OnDelete);

    [Fact]
    public void One_inherited_row_names_a_topic_and_a_role_of_each_account()
    {
        const string row = """
            {"AccountId":"default","BudgetValue":1,"SnsTopicArn":"arn:aws:sns:us-east-1:{AccountId}:t","Actions":[{"NotificationType":"ACTUAL",
            "ActionType":"APPLY_IAM_POLICY",
            "ActionThreshold":{"ActionThresholdValue":100,"ActionThresholdType":"PERCENTAGE"},"ApprovalModel":"AUTOMATIC",
            "ExecutionRoleArn":"arn:aws:iam::{AccountId}:role/r",
            "Definition":{"IamActionDefinition":{"PolicyArn":"arn:aws:iam::{AccountId}:policy/p","Roles":["x"]}}}]}
            """;
        var budget = One(row);

        Assert.Contains(new Subscriber(SubscriptionType.SNS, "arn:aws:sns:us-east-1:111122223333:t"), budget.Notifications[0].Subscribers);
        var action = Assert.Single(budget.Actions);
        Assert.Equal("arn:aws:iam::111122223333:role/r", action.ExecutionRoleArn);
        Assert.Equal("arn:aws:iam::111122223333:policy/p", Assert.IsType<ActionDefinition.Iam>(action.Definition).PolicyArn);
        Assert.Equal(budget.Notifications[0].Subscribers, action.Subscribers);
    }

    private static DesiredBudget One(params string[] nearestFirst) => Assert.Single(Given.Desired(nearestFirst).Budgets.Budgets);
}
