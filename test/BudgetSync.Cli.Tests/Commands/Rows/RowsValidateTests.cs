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
    [InlineData("AccountId,BudgetValue\r111111111101,10\r")]
    [InlineData("AccountId\tBudgetValue\tThresholds\n111111111101\t10\t80, 90\n")]
    [InlineData("AccountId,BudgetValue\n\"=\"\"111111111101\"\"\",10\n")]
    [InlineData("AccountId,BudgetValue\n'111111111101,10\n")]
    [InlineData("AccountId,BudgetValue\n1111-1111-1101,10\n")]
    [InlineData("AccountId,BudgetValue,Note\n111111111101,10,a 5\" disk\n")]
    [InlineData("[{\"AccountId\":111111111101,\"BudgetValue\":1}]")]
    public async Task A_csv_file_is_read_as_spreadsheets_save_it(string text)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal((ExitCode.Done, "", "1 row, all valid.\n"), (run.ExitCode, run.Out, run.Error));
    }

    [Theory]
    [InlineData("AccountId,BudgetValue\n111111111101,10,20\n", "line 2: 111111111101: the row has 3 cells and the first line names 2")]
    [InlineData("AccountId,BudgetValue,\n111111111101,10,x\n", "the row has 3 cells and the first line names 2 attributes")]
    [InlineData("AccountId,BudgetValue\n111111111101,10\n111111111101,20\n", "line 2 and line 3; a table has one row for each")]
    [InlineData("AccountId,Budgets\n111111111101,[oops\n", "Budgets: the cell begins like JSON but is not")]
    [InlineData("AccountId,BudgetValue\n,10\n", "line 2: (no AccountId)")]
    [InlineData("AccountId,BudgetValue\n111111111101,\"12,5\"\n", "\"12,5\"")]
    [InlineData("[{\"AccountId\":\"111111111101\",\"BudgetValue\":1,\"BudgetValue\":2}]", "BudgetValue: stands 2 times in one row")]
    [InlineData("AccountId,BudgetValue,Note\n111111111101,10", "line 2: 111111111101: the row has 2 cells and the first line names 3")]
    [InlineData("AccountId,BudgetValue\n12345678901,10\n", "dropped the leading zeros; write 012345678901")]
    [InlineData("AccountId,BudgetValue\n1.11122E+11,10\n", "a number that a spreadsheet rounded")]
    [InlineData("[{\"AccountId\":12345678901,\"BudgetValue\":1}]", "dropped the leading zeros; write 012345678901")]
    [InlineData("[{\"AccountId\":\"111111111101\",\"Budgets\":[{\"BudgetValue\":1,\"BudgetValue\":2}]}]", "Budgets[0].BudgetValue: stands 2 times")]
    [InlineData("AccountId,Budgets\n111111111101,\"[{\"\"BudgetValue\"\":1,\"\"BudgetValue\"\":2}]\"\n", "Budgets[0].BudgetValue: stands 2 times")]
    [InlineData("AccountId,Budgets\n111111111101,[é oops\n", "line 1, column 2: ")]
    [InlineData("[{\"AccountId\":\"111111111101\",\"BudgetValue\":1,\"\\ud800\":2}]", "not well-formed Unicode")]
    [InlineData("[{\"AccountId\":\"\\ud800\",\"BudgetValue\":1}]", "AccountId")]
    [InlineData("[{\"AccountId\":\"111111111101\",\"BudgetValue\":1,\"Budgets\":[{\"BudgetName\":\"a\\udc00\"}]}]", "Budgets")]
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
    [InlineData("[{", "line 1, column 3: is not JSON")]
    [InlineData("[\n  {\"AccountId\": é}\n]", "line 2, column 17: is not JSON")]
    [InlineData("[]", "holds no row")]
    [InlineData("AccountId,BudgetValue\n", "holds no row")]
    [InlineData("AccountId,BudgetValue\n,\n\n", "holds no row")]
    [InlineData("A\0c\0c\0", "line 1: byte 2 of the file is zero, as every second one of UTF-16 is")]
    // Every kind of quote that swallows lines after it.
    [InlineData("AccountId,Note\n111111111101,\"open\n111111111102,x\n111111111103,y\n", "line 2: a quote opens here and is not closed in this line")]
    [InlineData("AccountId,Note\n111111111101,a\n111111111102,\"open\nand more\n", "line 3: a quote opens here and is never closed")]
    [InlineData("AccountId,Note\n111111111101,\"one\nx\n111111111102,\"two\"\n", "line 2: a quote opens here and is not closed in this line; line 4")]
    [InlineData("AccountId,Note\n111111111101,\"say \"hello\"\"\n", "line 2: text follows the closing quote of the cell that opens in line 2")]
    [InlineData("\"AccountId,BudgetValue\n111111111101,10\n", "line 1: a quote opens here")]
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

    /// <summary>Trial of November 2026: "11 rows, all valid" for 1,200 rows, because of one quote in line 12.</summary>
    [Fact]
    public async Task One_unclosed_quote_among_1200_rows_is_named_and_nothing_is_called_valid()
    {
        var rows = Enumerable.Range(0, 1200).Select(index => $"{222222222000 + index},{100 + index},{(index == 10 ? "\"" : "")}note");
        using var file = new RowsOnDisk("AccountId,BudgetValue,Note\n" + string.Join('\n', rows) + "\n", "rows.csv");
        foreach (var command in new[] { new[] { "rows", "validate", file.Path }, ["rows", "explain", file.Path], ["local", "--once", "--rows", file.Path] })
        {
            var run = await Tool.RunAsync(command);
            Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
            Assert.StartsWith($"budgetsync: {file.Path}: line 12: a quote opens here", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Utf_16_as_spreadsheets_save_it_is_read()
    {
        var encoding = new UnicodeEncoding(bigEndian: false, byteOrderMark: true);
        using var file = new RowsOnDisk([.. encoding.GetPreamble(), .. encoding.GetBytes("AccountId\tBudgetValue\n111111111101\t10\n")], "rows.txt");
        Assert.Equal("1 row, all valid.\n", (await Tool.RunAsync("rows", "validate", file.Path)).Error);
    }

    [Fact]
    public async Task Standard_input_is_read_where_the_file_is_a_dash()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("AccountId,BudgetValue\n111111111101,-1\n"));
        var run = await Tool.RunAsync(terminal => terminal with { In = input }, "rows", "validate", "-");
        Assert.StartsWith("standard input: line 2: 111111111101: BudgetValue: -1", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_stands_in_several_lines_is_told_once()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue\n111111111101,10\n111111111101,20\n111111111101,30\n111111111102,1\n", "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var line = Assert.Single(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("stands in line 2 and line 3 and line 4;", line, StringComparison.Ordinal);
        Assert.Equal("4 rows, 1 valid, 3 rejected with 1 problem.\n", run.Error);
    }

    [Fact]
    public async Task Rows_that_share_a_line_are_told_apart_by_their_columns()
    {
        using var file = new RowsOnDisk("""[{"AccountId":"111111111101","BudgetValue":1},{"AccountId":"111111111102","BudgetValue":-1}]""");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Contains(": line 1, column 47: 111111111102: BudgetValue", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws-cn", ExitCode.Done)]
    [InlineData("aws", ExitCode.Failed)]
    [InlineData("AWS", ExitCode.Usage)]
    public async Task The_partition_of_the_rows_is_an_option(string partition, int code)
    {
        using var file =
            new RowsOnDisk("""[{"AccountId":"111122223334","BudgetValue":100,"SnsTopicArn":"arn:aws-cn:sns:cn-north-1:{AccountId}:alerts"}]""");
        Assert.Equal(code, (await Tool.RunAsync("rows", "validate", file.Path, "--partition", partition)).ExitCode);
    }

    [Fact]
    public async Task A_wrong_default_row_is_told_once_and_not_again_for_each_account()
    {
        using var file = new RowsOnDisk("""
            [{ "AccountId": "default", "BudgetValue": -1 },
             { "AccountId": "111122223333", "Thresholds": "80" },
             { "AccountId": "111122223334", "Treshold": 5 }]
            """);

        var run = await Tool.RunAsync("rows", "validate", file.Path);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(2, run.Out.Split('\n').Count(line => line.StartsWith(file.Path, StringComparison.Ordinal)));
        Assert.Contains("3 rows, 1 valid, 2 rejected with 2 problems.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_is_told_once()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "111122223335", "BudgetValue": 5, "BudgetName": "a\udc00b" }]""");

        var run = await Tool.RunAsync("rows", "validate", file.Path);

        Assert.Equal("BudgetName: the text is not well-formed Unicode; write it anew", run.Out.TrimEnd().Split("111122223335: ")[1]);
    }
}
