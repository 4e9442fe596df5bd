using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Core.Tests.Rows.Editing;

public sealed class AmountChangeTests
{
    [Theory]
    [InlineData("1500", 10, 1500)]
    [InlineData("1500.50", 10, 1500.50)]
    [InlineData("+10%", 1234.56, 1358.02)]
    [InlineData("-10 %", 1000, 900)]
    [InlineData("-50", 1000, 950)]
    [InlineData("+0.5", 1, 1.5)]
    public void An_amount_is_given_new_or_changed_to_two_decimals(string text, decimal before, decimal after)
    {
        Assert.True(AmountChange.TryParse(text, out var change, out _));
        Assert.Equal(after, change.Of(before));
    }

    [Theory]
    [InlineData("1,5", "write 1.5")]
    [InlineData("1.500", "write 1500 or 1.5000")]
    [InlineData("1.500,00", "write 1500")]
    [InlineData("€1500", "write 1500")]
    [InlineData("10%", "write +10% or -10%")]
    [InlineData("many", "digits with a decimal point")]
    public void What_is_no_amount_is_told_with_the_way_out(string text, string wayOut)
    {
        Assert.False(AmountChange.TryParse(text, out _, out var problem));
        Assert.Contains(wayOut, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+10%", """{"BudgetValue":100}""", """{"BudgetValue":110}""")]
    [InlineData("+10%", """{"BudgetValue":"100.00"}""", """{"BudgetValue":110}""")]
    [InlineData("+10%", """{"PlannedBudgetLimits":{"2026-01":10,"2026-02":{"Amount":20,"Unit":"USD"}}}""",
        """{"PlannedBudgetLimits":{"2026-01":11,"2026-02":{"Amount":22,"Unit":"USD"}}}""")]
    [InlineData("+1", """{"Budgets":[{"BudgetName":"a","BudgetValue":1},{"BudgetName":"b","BudgetValue":2}]}""",
        """{"Budgets":[{"BudgetName":"a","BudgetValue":2},{"BudgetName":"b","BudgetValue":3}]}""")]
    [InlineData("5", """{"PlannedBudgetLimits":{"2026-01":10}}""", """{"BudgetValue":5}""")]
    [InlineData("+10%", """{"BudgetValue":10,"Changes":[{"From":"2026-11-01","BudgetValue":"20"}],"Grants":[{"Amount":5,"Until":"2026-11-30","Why":"a"}]}""",
        """{"BudgetValue":11,"Changes":[{"From":"2026-11-01","BudgetValue":22}],"Grants":[{"Amount":5,"Until":"2026-11-30","Why":"a"}]}""")]
    [InlineData("+10%", """{"Changes":[{"From":"2026-11-01","BudgetValue":20}]}""", """{"Changes":[{"From":"2026-11-01","BudgetValue":22}]}""")]
    public void A_row_gets_it_wherever_its_amounts_stand(string text, string before, string after)
    {
        Assert.True(AmountChange.TryParse(text, out var change, out _));
        var row = new RowSetting { Value = change }.ApplyTo("default", Row(before), []);
        Assert.Empty(row.Problems);
        Assert.True(RowEquivalence.SameItem(Row(after), row.Image!), RowValueText.Json(new RowValue.Map(row.Image!.Attributes)));
    }

    [Theory]
    [InlineData("+10%", """{"Note":"x"}""", "no amount of its own")]
    [InlineData("+10%", """{"AutoAdjustData":{"AutoAdjustType":"FORECAST"}}""", "AWS computes")]
    [InlineData("5", """{"BudgetValue":1,"Changes":[{"From":"2026-11-01","BudgetValue":2}]}""", "--unset Changes")]
    [InlineData("5", """{"Budgets":[{"BudgetValue":1},{"BudgetValue":2}]}""", "2 budgets")]
    public void A_row_that_it_cannot_be_said_of_is_told(string text, string before, string problem)
    {
        Assert.True(AmountChange.TryParse(text, out var change, out _));
        Assert.Contains(problem, Assert.Single(new RowSetting { Value = change }.ApplyTo("default", Row(before), []).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Recipients_are_added_to_what_a_row_has_or_inherits_and_taken_away()
    {
        Assert.Equal("a@x.com, b@x.com", Emails(new RowSetting { MoreEmails = ["b@x.com", "A@x.com"] }, """{"EmailRecipients":["a@x.com"]}""", []));
        Assert.Equal("stack@x.com, b@x.com", Emails(new RowSetting { MoreEmails = ["b@x.com"] }, "{}", ["stack@x.com"]));
        Assert.Equal("b@x.com", Emails(new RowSetting { FewerEmails = ["a@x.com"] }, """{"EmailRecipients":"a@x.com,b@x.com"}""", []));
        Assert.Equal("[]", Emails(new RowSetting { FewerEmails = ["a@x.com"] }, """{"EmailRecipients":"a@x.com"}""", []));
    }

    [Fact]
    public void An_attribute_is_taken_away_and_one_that_is_not_there_is_told()
    {
        var row = new RowSetting { Unset = ["Note", "Unit", "AccountId"] }.ApplyTo("default", Row("""{"Note":"x"}"""), []);
        Assert.False(row.Image!.Attributes.ContainsKey("Note"));
        Assert.Equal(2, row.Problems.Length);
    }

    private static string Emails(RowSetting setting, string before, ImmutableArray<string> inherited) =>
        RowValueText.Plain(setting.ApplyTo("default", Row(before), inherited).Image!.Attributes["EmailRecipients"]);

    private static RowImage Row(string json)
    {
        using var document = JsonDocument.Parse(json);
        var row = RowJson.ReadRow(document.RootElement)!; // The texts above are objects.
        return new RowImage(row.Attributes.Items.SetItem("AccountId", new RowValue.Text("default")));
    }
}
