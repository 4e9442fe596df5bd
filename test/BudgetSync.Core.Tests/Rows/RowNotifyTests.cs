using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

public sealed class RowNotifyTests
{
    private const string Default = """{"AccountId":"default","BudgetValue":1,"Notify":"finops, pager Critical"}""";

    [Fact]
    public void The_nearest_row_that_says_where_alerts_go_decides()
    {
        Assert.Equal("finops, pager Critical", Routes("""{"BudgetValue":1}""", Default));
        Assert.Equal("pager Warning", Routes("""{"BudgetValue":1,"Notify":["pager Warning"]}""", Default));
        Assert.Equal("", Routes("""{"BudgetValue":1,"Notify":[]}""", Default));
    }

    [Fact]
    public void Alerts_go_to_the_operations_topic_from_Critical_on_when_no_row_says_anything() =>
        Assert.Equal("operations Critical", Routes("""{"BudgetValue":1}"""));

    [Theory]
    [InlineData("\"finop, pager\"", "pager, operations Critical")]
    [InlineData("\"pager, pager\"", "pager, operations Critical")]
    [InlineData("\"pager Critical, pager, finops\"", "pager, finops, operations Critical")]
    [InlineData("\"operations Warning, finop\"", "operations Warning")]
    [InlineData("\"operations Emergency, finop\"", "operations Critical")]
    [InlineData("7", "operations Critical")]
    public void A_slip_in_a_row_silences_no_alert_and_tells_nobody_twice(string notify, string routes) =>
        Assert.Equal(routes, Routes($$"""{"BudgetValue":1,"Notify":{{notify}}}""", Default));

    [Fact]
    public void A_channel_that_the_deployment_does_not_have_is_rejected_with_the_nearest_name() =>
        Assert.Equal(
            ["""Notify: "finop" is no channel of this deployment; write finops"""],
            Given.Reasons("""{"BudgetValue":1,"Notify":"finop, pager"}"""));

    [Fact]
    public void A_wrong_severity_hides_no_channel_that_is_wrong_too() =>
        Assert.Equal(
            [
                "Notify[1]: \"Critcal\" is not one of Info, Warning, Critical, Emergency; write pager Critical",
                "Notify: \"finop\" is no channel of this deployment; write finops",
            ],
            Given.Reasons("""{"BudgetValue":1,"Notify":["finop","pager Critcal"]}"""));

    [Fact]
    public void Where_there_are_no_channels_the_advice_is_the_topic_and_the_setting()
    {
        var problem = Assert.Single(RowCheck.Problems(Given.Row("""{"BudgetValue":1,"Notify":"mail"}"""), Given.Defaults with { Channels = [] }));

        Assert.Equal(
            "Notify: \"mail\" is no channel of this deployment, which has none; add it to the setting channels, or, where it has that setting, "
                + "write operations",
            problem);
    }

    [Fact]
    public void A_channel_is_not_judged_where_the_channels_are_not_known()
    {
        var row = Given.Row("""{"BudgetValue":1,"Notify":"finop"}""");

        Assert.Empty(RowCheck.Problems(row, Given.Defaults with { Channels = null }));
        Assert.Single(RowCheck.Problems(row, Given.Defaults with { Channels = [] }));
    }

    private static string Routes(params string[] nearestFirst) => string.Join(", ", RowNotify.Of(nearestFirst.Select(Given.Row), Given.Defaults));
}
