namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>Regression: a file that was cut off in an amount became a valid one with half of it, since what was missing was padded.</summary>
public sealed class DamagedRowTests
{
    [Theory]
    [InlineData("AccountId,BudgetValue,EmailRecipients\n111111111101,20,a@b.c\n111111111102,15")]
    [InlineData("AccountId,BudgetValue,EmailRecipients\n111111111101,20,a@b.c\n111111111102,1,500,a@b.c\n")]
    [InlineData("AccountId,BudgetValue,EmailRecipients,\n111111111101,20,a@b.c,\n111111111102,1,a@b.c,500\n")]
    public async Task A_row_of_which_a_part_may_be_missing_is_left_out_and_told(string text)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal((ExitCode.Failed, "AccountId,BudgetValue,EmailRecipients\n111111111101,20,a@b.c\n"), (run.ExitCode, run.Out));
        Assert.Contains(
            "line 3: 111111111102: the row is left out, since what was written would hide what is wrong with it; write it anew",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains("2 rows, 1 left out, 0 corrections, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_stands_twice_in_an_object_is_left_out_too_since_one_value_would_be_lost()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "111111111101", "BudgetValue": 1, "BudgetValue": 100 }]""", "rows.json");
        var run = await Tool.RunAsync("rows", "fix", file.Path, "--format", "json");
        Assert.Equal((ExitCode.Failed, "[]\n"), (run.ExitCode, run.Out));
    }
}
