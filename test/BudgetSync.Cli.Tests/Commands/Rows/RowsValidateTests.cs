using System.Text;

namespace BudgetSync.Cli.Tests.Commands.Rows;

public sealed class RowsValidateTests
{
    private static string Example => Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "examples", "organization.csv");

    [Fact]
    public async Task The_example_is_valid()
    {
        var run = await Tool.RunAsync("rows", "validate", Example);
        Assert.Equal((ExitCode.Done, "", "12 rows, all valid.\n"), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task Every_problem_of_every_row_is_a_line_with_file_and_position()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue,Treshold,Thresholds\n111111111101,0,80,ninety\n\n111111111102,10,,\n1111,10,,\n", "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], line => Assert.StartsWith($"{file.Path}: line 2: 111111111101: ", line, StringComparison.Ordinal));
        Assert.StartsWith($"{file.Path}: line 5: 1111: AccountId: ", lines[3], StringComparison.Ordinal);
        Assert.Contains("did you mean Thresholds?", run.Out, StringComparison.Ordinal);
        Assert.Equal("3 rows, 1 valid, 2 rejected with 4 problems.\n", run.Error);
    }

    [Fact]
    public async Task Json_has_an_object_for_each_row()
    {
        using var file = new RowsOnDisk("""
            [
              { "AccountId": "111111111101", "BudgetValue": 10 },

              { "AccountId": "111111111102" }
            ]
            """);
        var run = await Tool.RunAsync("rows", "validate", file.Path, "--json");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal((true, "line 2"), ((bool)run.Account("111111111101")["valid"]!, (string)run.Account("111111111101")["position"]!));
        Assert.Equal((false, "line 4"), ((bool)run.Account("111111111102")["valid"]!, (string)run.Account("111111111102")["position"]!));
        Assert.StartsWith("BudgetValue: is missing", ToolResult.Texts(run.Account("111111111102")["problems"]).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFFAccountId,BudgetValue\r\n111111111101,10\r\n")]
    [InlineData("AccountId;BudgetValue;Thresholds\n111111111101;10;80, 90\n")]
    [InlineData("\"AccountId\",\"BudgetValue\",\"Note\"\n\"111111111101\",\"10\",\"says \"\"hello\"\", twice\"\n")]
    [InlineData("AccountId,BudgetValue,Note\n 111111111101 , 10 ,\"two\nlines\"\n\n\n")]
    [InlineData("AccountId,BudgetValue,,\n111111111101,10,,\n,,,\n")]
    [InlineData("AccountId,Budgets\n111111111101,\"[{\"\"BudgetName\"\":\"\"a\"\",\"\"BudgetValue\"\":10}]\"\n")]
    [InlineData("AccountId,BudgetValue,Enabled\n111111111101,10,TRUE\n")]
    [InlineData("AccountId,BudgetValue\n111111111101,10")]
    public async Task A_csv_file_is_read_as_spreadsheets_save_it(string text)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal((ExitCode.Done, "", "1 row, all valid.\n"), (run.ExitCode, run.Out, run.Error));
    }

    [Theory]
    [InlineData("AccountId,BudgetValue\n111111111101,10,20\n", "line 2: 111111111101: the row has 3 cells and the first line names 2")]
    [InlineData("AccountId,BudgetValue,\n111111111101,10,x\n", "stands in column 3, which has no name")]
    [InlineData("AccountId,BudgetValue\n111111111101,10\n111111111101,20\n", "line 2 and line 3; a table has one row for each")]
    [InlineData("AccountId,Budgets\n111111111101,[oops\n", "Budgets: the cell begins like JSON but is not")]
    [InlineData("AccountId,BudgetValue\n,10\n", "line 2: (no AccountId)")]
    [InlineData("AccountId,BudgetValue\n111111111101,\"12,5\"\n", "\"12,5\"")]
    [InlineData("[{\"AccountId\":\"111111111101\",\"BudgetValue\":1,\"BudgetValue\":2}]", "BudgetValue: stands 2 times in one row")]
    [InlineData("[{\"AccountId\":111111111101,\"BudgetValue\":1}]", "AccountId")]
    [InlineData("{\"AccountId\":\"111111111101\"}", "BudgetValue: is missing")]
    public async Task An_oddity_that_could_lose_an_alarm_is_a_problem_of_its_row(string text, string problem)
    {
        using var file = new RowsOnDisk(text, "rows");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(problem, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("Account,BudgetValue\n1,2\n", "no column is named AccountId (there are: Account, BudgetValue)")]
    [InlineData("AccountId,BudgetValue,BudgetValue\n", "BudgetValue stands there more than once")]
    [InlineData("[1]", "line 1: is Number and should be an object")]
    [InlineData("[{", "is not JSON")]
    public async Task A_file_that_holds_no_rows_fails_with_what_is_wrong(string text, string problem)
    {
        using var file = new RowsOnDisk(text, "rows");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.StartsWith($"budgetsync: {file.Path}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_named_with_the_way_out()
    {
        using var file = new RowsOnDisk(Encoding.Latin1.GetBytes("AccountId,BudgetValue,Note\n111111111101,10,größer\n"), "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("CSV UTF-8", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_account_lacks_may_come_from_the_default_row()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue,Thresholds\ndefault,100,\n111111111101,,80\n", "rows.csv");
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync("rows", "validate", file.Path)).ExitCode);
    }

    [Fact]
    public async Task A_row_for_an_OU_is_checked_alone_and_that_is_said()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue\nou-ab12-11111111,100\n111111111101,\n", "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("budgetsync plan", run.Error, StringComparison.Ordinal);
    }
}
