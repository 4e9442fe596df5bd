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
}
