namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>
/// Rows with more or fewer cells than the first line. Source: Microsoft Support, "Column delimiters are missing in an Excel spreadsheet that is saved as text"
/// (blocks of 16 rows in which the last columns are empty lack their separators).
/// </summary>
public sealed class CellCountTests
{
    [Theory]
    // Empty cells beyond the header, a header with empty ones, a row without its last cells in the middle and at an end that has its line end.
    [InlineData("AccountId;BudgetValue\n111111111101;1500;\n111111111102;20;;;\n", "AccountId,BudgetValue\n111111111101,1500\n111111111102,20\n")]
    [InlineData("AccountId;BudgetValue;;\n111111111101;1500;;\n111111111102;20\n", "AccountId,BudgetValue\n111111111101,1500\n111111111102,20\n")]
    [InlineData(
        "AccountId,BudgetValue,EmailRecipients\n111111111101,1500\n111111111102,20,a@b.c\n111111111103,30\n",
        "AccountId,BudgetValue,EmailRecipients\n111111111101,1500,\n111111111102,20,a@b.c\n111111111103,30,\n")]
    [InlineData(
        "AccountId;BudgetValue;Thresholds;EmailRecipients\n111111111101;1500;80\n111111111102;20;80;a@b.c",
        "AccountId,BudgetValue,Thresholds,EmailRecipients\n111111111101,1500,80,\n111111111102,20,80,a@b.c\n")]
    public async Task Cells_that_are_empty_or_left_out_at_a_row_s_end_say_nothing(string text, string rows)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal((ExitCode.Done, rows), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData(
        "AccountId;BudgetValue;Thresholds\n111111111101;20;80\n111111111102;1",
        "the row has 2 cells and the first line names 3 attributes; is something cut off? The last line needs its line end, or a semicolon for each empty "
            + "cell")]
    [InlineData(
        "AccountId;BudgetValue\n111111111102;1500;80\n",
        "the row has 3 cells and the first line names 2 attributes; put quotes around a cell that holds a semicolon, for example \"80; 100\"")]
    [InlineData(
        "AccountId,BudgetValue,Thresholds,EmailRecipients\n111111111102,1,500\n",
        "the row has 3 cells and the first line names 4 attributes, and 1,500 may be one number; write it without its comma, and a comma for each empty cell "
            + "too")]
    [InlineData("AccountId;BudgetValue;;\n111111111102;1500;;a@b.c\n", "the row has 4 cells and the first line names 2 attributes")]
    public async Task A_row_that_may_have_lost_a_part_is_refused(string text, string problem)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(problem, run.Out, StringComparison.Ordinal);
        Assert.Contains("111111111102: the row is left out", (await Tool.RunAsync("rows", "fix", file.Path)).Error, StringComparison.Ordinal);
    }
}
