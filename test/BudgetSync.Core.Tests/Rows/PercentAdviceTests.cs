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

    /// <summary>A German or French spreadsheet writes 80 % as 0,8: one number, and not the thresholds 0 and 8.</summary>
    [Theory]
    [InlineData("0,8", "\"0,8\" is not a number; write 80 if it is a spreadsheet's 80 %, or \"0.8 PERCENTAGE\" if less than one percent is meant")]
    [InlineData(
        "0,75 FORECASTED",
        "\"0,75 FORECASTED\" is not a number; write 75 FORECASTED if it is a spreadsheet's 75 %, or \"0.75 PERCENTAGE FORECASTED\" if less than one percent is "
            + "meant")]
    [InlineData("80,5", "\"80,5\" may be one threshold or two; write 80.5, or \"80, 5\" with a blank behind the comma")]
    [InlineData("100;80,5 ACTUAL", "\"80,5 ACTUAL\" may be one threshold or two; write 80.5 ACTUAL, or \"80, 5 ACTUAL\" with a blank behind the comma")]
    public void A_decimal_comma_of_a_threshold_is_no_list(string thresholds, string reason) => Assert.Equal(
        $"Thresholds: {reason}",
        Assert.Single(Given.Reasons($$"""{"BudgetValue":1,"Thresholds":"{{thresholds}}"}""")));
}
