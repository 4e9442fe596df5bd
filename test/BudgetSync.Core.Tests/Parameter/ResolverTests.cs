using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Parameter;

public sealed class ResolverTests
{
    [Fact]
    public void The_smallest_row_is_one_budget_with_the_stacks_defaults()
    {
        var budget = Assert.Single(Given.Desired("""{"BudgetValue":1500.50}""").Budgets.Budgets);

        Assert.Equal("SpokeAccountBudget", budget.Settings.Name);
        Assert.Equal((BudgetType.COST, TimeUnit.MONTHLY), (budget.Settings.Type, budget.Settings.TimeUnit));
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(1500.5m, "USD")), budget.Settings.Amount);
        var notification = Assert.Single(budget.Notifications);
        Assert.Equal(new NotificationKey(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, 90, ThresholdType.PERCENTAGE), notification.Key);
        Assert.Equal([new Subscriber(SubscriptionType.EMAIL, "finops@example.com")], notification.Subscribers);
    }

    [Fact]
    public void The_document_is_short_and_readable() =>
        Assert.Equal(
            """{"Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":1500.5,"EmailRecipients":["finops@example.com"],"Thresholds":[80,"100 """
                + """FORECASTED"]}],"Version":1}""",
            Given.Desired("""{"BudgetValue":"1500.50","Thresholds":"80, 100 FORECASTED"}""").Parameter.Document);

    [Theory]
    [InlineData("\"arn:aws:sts::999999999999:assumed-role/FinOps/jane\"")]
    [InlineData("7")]
    [InlineData("null")]
    public void Who_wrote_a_row_when_and_why_changes_nothing_whatever_stands_there(string value)
    {
        var without = Given.Desired("""{"BudgetValue":1500}""");
        var with = Given.Desired($$"""{"BudgetValue":1500,"ChangedBy":{{value}},"ChangedAt":{{value}},"Reason":{{value}}}""");
        Assert.Equal((without.Parameter.Revision, without.Parameter.Document), (with.Parameter.Revision, with.Parameter.Document));
    }

    [Fact]
    public void An_account_without_rows_is_uncovered() => Assert.IsType<Resolution.Uncovered>(Given.Resolve());

    [Fact]
    public void A_row_without_an_amount_is_rejected_when_no_other_row_gives_one() =>
        Assert.StartsWith("BudgetValue: is missing", Assert.Single(Given.Reasons("""{"Note":"soon"}""")), StringComparison.Ordinal);

    [Fact]
    public void Every_problem_is_named_when_a_row_has_many()
    {
        var reasons = Given.Reasons("""{"BudgetValue":"12,5","Treshold":80,"EmailRecipients":"nobody","TimeUnit":"Monthly","SnsTopicArn":"topic"}""");

        Assert.Equal(
            [
                "BudgetValue: \"12,5\" is not a number; write 12.5",
                "EmailRecipients[0]: \"nobody\" is not an e-mail address; write name@example.com",
                "SnsTopicArn: \"topic\" is not the ARN of an SNS topic; write for example arn:aws:sns:us-east-1:{AccountId}:budget-alerts (no FIFO topic)",
                "TimeUnit: \"Monthly\" is not one of DAILY, MONTHLY, QUARTERLY, ANNUALLY, CUSTOM; write MONTHLY",
                "Treshold: no such attribute; did you mean Thresholds? (a note of your own may begin with x-)",
            ],
            reasons);
    }

    [Fact]
    public void A_disabled_account_is_left_alone_even_when_its_row_has_other_problems() =>
        Assert.IsType<Resolution.Disabled>(Given.Resolve("""{"Enabled":false,"BudgetValue":"x"}"""));

    [Fact]
    public void The_account_id_of_eleven_digits_is_named_with_its_length() =>
        Assert.Equal(
            "AccountId: \"11112222333\" is no scope: it has 11 digits, an account id has 12; a spreadsheet drops leading zeros, so write 011112222333 if "
                + "that is it, and format the column as text",
            Assert.Single(RowCheck.Problems(Given.Row("""{"AccountId":"11112222333","BudgetValue":1}"""), Given.Defaults)));
}
