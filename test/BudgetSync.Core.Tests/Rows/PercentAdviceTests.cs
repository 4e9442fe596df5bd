namespace BudgetSync.Core.Tests.Rows;

/// <summary>A percentage with its sign is told as what it is, and to be written without.</summary>
public sealed class PercentAdviceTests
{
    [Theory]
    [InlineData("110%", "is no beginning of a response; write 110")]
    [InlineData("110 %", "is no beginning of a response; write 110")]
    [InlineData("110.5% FORECASTED", "is no beginning of a response; write 110.5 FORECASTED")]
    [InlineData("110 forecasted", "is no beginning of a response; write 110 FORECASTED")]
    [InlineData("over", "is no beginning of a response; write Over")]
    [InlineData("runway 5", "is no beginning of a response; write Runway 5")]
    [InlineData("Runaway 5", "is no beginning of a response; write Runway 5")]
    [InlineData("100%%", "is no beginning of a response; write 100")]
    [InlineData("half", "write a state (OnTarget, Over, Critical, Shutdown), a part of the limit (110, 110 FORECASTED) or Runway 5")]
    public void When_a_response_begins_is_advised_as_it_was_meant(string at, string advice) => Assert.EndsWith(
        advice,
        Assert.Single(Given.Reasons($$"""{"BudgetValue":1,"Responses":[{"At":"{{at}}","Do":"NOTIFY"}]}""")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"BudgetValue":1,"Thresholds":[{"Threshold":"80%"}]}""", "Thresholds[0].Threshold: \"80%\" has a percent sign; write 80")]
    [InlineData("""{"BudgetValue":1,"Ai":{"Default":{"Limit":5,"Warn":"70 %"}}}""", "Ai.Default.Warn: \"70 %\" has a percent sign; write 70")]
    [InlineData("""{"BudgetValue":1,"Ai":{"Default":{"Limit":5,"Critical":"90.50%"}}}""", "Ai.Default.Critical: \"90.50%\" has a percent sign; write 90.5")]
    [InlineData("""{"BudgetValue":1,"Ai":{"DiscountPercent":"10%"}}""", "Ai.DiscountPercent: \"10%\" has a percent sign; write 10")]
    public void Any_other_percentage_is_advised_without_its_sign(string row, string reason) =>
        Assert.Equal(reason, Assert.Single(Given.Reasons(row)));

    /// <summary>Of an amount, a percent sign says nothing that can be written as a number.</summary>
    [Fact]
    public void An_amount_with_a_percent_sign_is_no_amount() => Assert.EndsWith(
        "write digits with a decimal point, for example 1500.50",
        Assert.Single(Given.Reasons("""{"BudgetValue":"110%"}""")),
        StringComparison.Ordinal);
}
