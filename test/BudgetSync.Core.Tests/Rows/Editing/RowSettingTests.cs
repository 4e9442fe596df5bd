using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Core.Tests.Rows.Editing;

public sealed class RowSettingTests
{
    [Fact]
    public void Where_alerts_go_is_written_as_a_person_would_and_no_channel_as_the_empty_list()
    {
        var row = Given.Row("""{"BudgetValue":1,"Notify":"pager"}""");

        var some = new RowSetting { Notify = ["finops", "pager Critical"] }.ApplyTo("111122223333", row, []).Image;
        var none = new RowSetting { Notify = [] }.ApplyTo("111122223333", row, []).Image;

        Assert.Equal(new RowValue.Text("finops, pager Critical"), some!.Attributes["Notify"]);
        Assert.Equal(new RowValue.List([]), none!.Attributes["Notify"]);
        Assert.False(new RowSetting { Notify = [] }.IsEmpty);
    }

    /// <summary>ROWS.md, "EmailRecipients": a list that a budget or a threshold has of its own stands in place of the row's.</summary>
    [Theory]
    [InlineData("""{"Budgets":[{"BudgetName":"a","EmailRecipients":"old@b.c"},{"BudgetName":"b"}]}""",
        """[{"BudgetName":"a","EmailRecipients":"new@b.c"},{"BudgetName":"b"}]""")]
    [InlineData("""{"Budgets":[{"AddEmailRecipients":["old@b.c","x@b.c"],"Thresholds":[{"EmailRecipients":["x@b.c"],"Threshold":80}]}]}""",
        """[{"AddEmailRecipients":["x@b.c"],"Thresholds":[{"EmailRecipients":["x@b.c","new@b.c"],"Threshold":80}]}]""")]
    public void Recipients_change_in_the_lists_that_budgets_and_thresholds_have_of_their_own(string before, string budgets)
    {
        var setting = new RowSetting { MoreEmails = ["new@b.c"], FewerEmails = ["OLD@b.c"], KeepsInheriting = true };
        Assert.Equal(budgets, RowValueText.Json(setting.ApplyTo("default", Given.Row(before), []).Image!.Attributes["Budgets"]));
    }

    [Fact]
    public void All_recipients_take_those_that_the_row_adds_with_them()
    {
        var row = Given.Row("""{"BudgetValue":1,"AddEmailRecipients":"old@b.c"}""");
        Assert.DoesNotContain("AddEmailRecipients", new RowSetting { Emails = ["new@b.c"] }.ApplyTo("default", row, []).Image!.Attributes.Keys);
    }

    /// <summary>ROWS.md, "AddEmailRecipients": those of all rows add up, down from the nearest EmailRecipients; an empty list adds nobody.</summary>
    [Theory]
    [InlineData("{}", "near@b.c stack@b.c")]
    [InlineData("""{"AddEmailRecipients":[]}""", "stack@b.c")]
    [InlineData("""{"AddEmailRecipients":"own@b.c"}""", "near@b.c stack@b.c")]
    public void What_is_inherited_is_what_rows_above_name_and_add(string own, string told) =>
        Assert.Equal(
            told.Split(' '),
            RowRecipients.Inherited(Given.Row(own), [Given.Row("""{"AddEmailRecipients":"near@b.c"}""")], ["stack@b.c"]).Order(StringComparer.Ordinal));
}
