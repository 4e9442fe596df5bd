using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Restrictions;

public sealed class ResponseTextTests
{
    [Theory]
    [InlineData("""{"At":"Over","Do":"DENY_NEW"}""")]
    [InlineData("""{"At":"110.5 FORECASTED","Do":"DENY_APIS","Policy":"critical","Mode":"ARMED","Grace":"90m","Until":"MANUAL"}""")]
    [InlineData("""{"At":"Runway 5","Do":"STOP_TAGGED","Tag":"env=a=b","Mode":"CONFIRM","Grace":"3d","Until":"2026-12-31","Budget":"team"}""")]
    [InlineData("""{"At":"110","Do":"DENY_AI","Mode":"CONFIRM","Grace":"0m","Roles":["a","b"],"Users":["c"]}""")]
    [InlineData("""{"At":"Shutdown","Do":"DENY_NEW","Binding":true}""")]
    [InlineData("""{"At":"Shutdown","Do":"DENY_NEW","Except":{"Roles":["a"],"Users":["c"]}}""")]
    public void A_response_reads_back_as_it_was_written(string text) => Assert.Equal(text, ResponseText.Format(ResponseText.Parse(text)!)); // It is one.

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"At":"Over","Do":"DENY_APIS"}""")]
    public void What_is_no_response_is_none(string text) => Assert.Null(ResponseText.Parse(text));
}
