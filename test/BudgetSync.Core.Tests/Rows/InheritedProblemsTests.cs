using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

public sealed class InheritedProblemsTests
{
    [Fact]
    public void A_wrong_inherited_row_rejects_and_is_named_even_where_a_nearer_row_covers_the_attribute() =>
        Assert.Equal(
            "row \"ou-ab12-11111111\": BudgetValue: \"x\" is not a number; write digits with a decimal point, for example 1500.50",
            Assert.Single(Given.Reasons("""{"BudgetValue":1}""", """{"AccountId":"ou-ab12-11111111","BudgetValue":"x"}""")));

    [Fact]
    public void A_clash_between_rows_names_the_row_the_value_came_from() =>
        Assert.StartsWith(
            "row \"default\": Thresholds[0]: FORECASTED does not go with a DAILY budget",
            Assert.Single(Given.Reasons("""{"BudgetValue":1,"TimeUnit":"DAILY"}""", """{"AccountId":"default","Thresholds":"80 FORECASTED"}""")),
            StringComparison.Ordinal);

    [Fact]
    public void An_illegible_enabled_rejects_whatever_a_farther_row_says() =>
        Assert.Contains(
            "Enabled: \"flase\"",
            Assert.Single(Given.Reasons("""{"BudgetValue":1,"Enabled":"flase"}""", """{"AccountId":"default","Enabled":false}""")),
            StringComparison.Ordinal);

    [Fact]
    public void A_row_for_many_accounts_is_refused_alone_when_it_names_the_topic_of_one() =>
        Assert.Equal(
            "SnsTopicArn: \"arn:aws:sns:us-east-1:222233334444:t\" names the account 222233334444, but the row is for many; write {AccountId} in its place",
            Assert.Single(RowCheck.Problems(Given.Row("""{"AccountId":"default","SnsTopicArn":"arn:aws:sns:us-east-1:222233334444:t"}"""), Given.Defaults)));

    [Theory]
    [InlineData("""{"EmailRecipients":[]}""")]
    [InlineData("""{"BudgetType":"USAGE"}""")]
    [InlineData("""{"Note":"nothing yet"}""")]
    public void What_another_row_may_give_is_no_problem_of_a_row_alone(string row) =>
        Assert.Empty(RowCheck.Problems(Given.Row(row), Given.Defaults));
}
