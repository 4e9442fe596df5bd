using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

public sealed class ResponseWordsTests
{
    [Theory]
    [InlineData("""[{"At":"Over","Do":"NOTIFY"}]""", "NOTIFY at Over is told")]
    [InlineData("""[{"At":"Over","Do":"STOP_ALL"}]""", "STOP_ALL at Over is only watched, to the end of the period")]
    [InlineData(
        """[{"At":"110 FORECASTED","Do":"DENY_APIS","Policy":"critical","Mode":"ARMED","Grace":"1d","Budget":"team","Until":"MANUAL"}]""",
        "DENY_APIS critical at 110 FORECASTED by itself after 1d, of the budget team, until a person lifts it")]
    [InlineData(
        """[{"At":"Runway 5","Do":"DENY_NEW","Mode":"CONFIRM","Until":"2026-12-01","Except":{"Roles":["a","b"],"Users":["c"]}}]""",
        "DENY_NEW at Runway 5 after 1h, when a person has approved it, for all but the roles a, b and the user c, through 2026-12-01")]
    [InlineData(
        """[{"At":"Over","Do":"DENY_NEW","Roles":["a"]},{"At":"Critical","Do":"QUARANTINE"}]""",
        "DENY_NEW at Over is only watched, for the role a only, to the end of the period; "
            + "QUARANTINE at Critical is only watched, by a policy of the organization, to the end of the period")]
    [InlineData("[]", "no responses")]
    public void Responses_are_told_in_words(string responses, string words) => Assert.Equal(words, Words("Responses", responses));

    [Fact]
    public void A_snooze_is_told_in_words() => Assert.Equal("through 2026-11-30: a test", Words("Snooze", """{"Until":"2026-11-30","Why":"a test"}"""));

    [Theory]
    [InlineData("Responses", """[{"At":"never","Do":"NOTIFY"}]""")]
    [InlineData("Snooze", "7")]
    [InlineData("Notify", """["finops"]""")]
    public void What_cannot_be_read_or_is_something_else_has_no_words(string attribute, string json) => Assert.Null(Words(attribute, json));

    private static string? Words(string attribute, string json) =>
        ResponseWords.Of(attribute, Given.Row($$"""{"{{attribute}}":{{json}}}""").Attributes.Items[attribute]);
}
