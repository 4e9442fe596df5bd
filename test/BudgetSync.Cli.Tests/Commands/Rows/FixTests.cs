using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>What a person gets from a file of theirs that nearly is one of rows.</summary>
public sealed class FixTests
{
    [Fact]
    public async Task A_list_as_spreadsheets_write_it_becomes_rows()
    {
        using var file = new RowsOnDisk("Account;Amount;Thresholds\n22222222201;1.500,50;80, 100 forecast\n");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal("AccountId,BudgetValue,Thresholds\n022222222201,1500.5,\"80, 100 FORECASTED\"\n", run.Out);
        Assert.Contains("\"Account\" is read as AccountId", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.ExitCode);

        // Only the command that writes a file to be looked at guesses.
        Assert.Contains("no column is named AccountId", (await Tool.RunAsync("rows", "validate", file.Path)).Error, StringComparison.Ordinal);
    }

    /// <summary>In most lists it is the account's: as the budget's name it would delete each budget at AWS and make another.</summary>
    [Fact]
    public async Task A_name_stays_a_note()
    {
        using var file = new RowsOnDisk("Account ID;Name;Budget\n222222222201;Payments;1500\n", "rows.csv");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal((ExitCode.Done, "AccountId,BudgetValue,x-Name\n222222222201,1500,Payments\n"), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("Account ID;Budget (EUR)\n222222222201;1500\n", "BudgetValue: is missing")]
    [InlineData("Account ID;Budget;Thresholds\n222222222201;1500;80,5\n", "Thresholds: \"80,5\" may be one threshold or two")]
    [InlineData("Account ID;Budget\n222222222201;1.23E+05\n", "BudgetValue: \"1.23E+05\" is how a spreadsheet shows a number that it has rounded")]
    public async Task What_is_left_wrong_is_told(string text, string problem)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Contains("1 problem left for you", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_of_a_heading_becomes_the_nearest()
    {
        using var file = new RowsOnDisk("Account ID;Budgte\n222222222201;1500\n", "rows.csv");
        Assert.Equal("AccountId,BudgetValue\n222222222201,1500\n", (await Tool.RunAsync("rows", "fix", file.Path)).Out);
    }

    /// <summary>A limit that became a column of notes would be forgotten.</summary>
    [Theory]
    [InlineData("Ai.Default.Limit", "Ai")]
    [InlineData("ai.AccountCap.Limit", "Ai")]
    [InlineData("Envelope.Amount", "Envelope")]
    public async Task A_part_of_an_attribute_is_left_to_the_person(string heading, string whole)
    {
        using var file = new RowsOnDisk($"AccountId,BudgetValue,{heading}\n111111111101,10,5\n", "rows.csv");

        var run = await Tool.RunAsync("rows", "fix", file.Path);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(heading, run.Out.Split('\n')[0].Split(','));
        Assert.Contains(
            $"{heading}: no such attribute, but a part of {whole}; write {whole} as one value, which in CSV is JSON in one cell",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains("1 problem left for you", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heading_is_not_guessed_where_another_column_surely_means_it()
    {
        using var file = new RowsOnDisk("Account,Account ID,Value\nPayments,222222222201,5\n");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Contains("222222222201", run.Out, StringComparison.Ordinal);
        Assert.Contains("Payments", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows fix FILE OUT")]
    [InlineData("rows init OUT --template")]
    public async Task A_file_that_is_there_is_replaced_on_request_only(string command)
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue\n222222222201,5\n");
        using var there = new RowsOnDisk("mine");
        string[] words = [.. command.Split(' ').Select(word => word switch { "FILE" => file.Path, "OUT" => there.Path, _ => word })];
        var refused = await Tool.RunAsync(words);
        Assert.Equal((ExitCode.Usage, "mine"), (refused.ExitCode, await File.ReadAllTextAsync(there.Path)));
        Assert.Contains("is there already, and nothing was written; give another name, or --overwrite", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync([.. words, "--overwrite"])).ExitCode);
        Assert.Contains("AccountId", await File.ReadAllTextAsync(there.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_codes_come_through_a_spreadsheet_and_are_refused_by_CSV()
    {
        const string rows = """[{ "AccountId": "222222222201", "BudgetValue": 5, "x-\u001b[2J": "a\u0007b_x0041_c" }]""";
        using var file = new RowsOnDisk(rows);
        var folder = Directory.CreateTempSubdirectory("budgetsync-test-");
        try
        {
            var sheet = Path.Combine(folder.FullName, "rows.xlsx");
            Assert.Equal(ExitCode.Done, (await Tool.RunAsync("rows", "fix", file.Path, sheet)).ExitCode);
            var back = await Tool.RunAsync("rows", "fix", sheet, "--format", "jsonl");
            Assert.Contains("\"x-\\u001B[2J\":\"a\\u0007b_x0041_c\"", back.Out, StringComparison.OrdinalIgnoreCase);

            var csv = await Tool.RunAsync("rows", "fix", file.Path, Path.Combine(folder.FullName, "rows.csv"));
            Assert.Equal(ExitCode.Failed, csv.ExitCode);
            Assert.Contains("222222222201: x-\\u001b[2J: holds control characters, which no CSV can say", csv.Error, StringComparison.Ordinal);
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_XML_cannot_hold_comes_through_a_spreadsheet()
    {
        const string note = "\0\u001b\ufffe\uffff\r=\ud83d\ude00_x0041_";
        using var file = new RowsOnDisk(JsonSerializer.Serialize(new[] { new { AccountId = "222222222201", BudgetValue = 5, Note = note } }));
        var sheet = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.xlsx");
        try
        {
            Assert.Equal(ExitCode.Done, (await Tool.RunAsync("rows", "fix", file.Path, sheet)).ExitCode);
            var back = await Tool.RunAsync("rows", "fix", sheet, "--format", "jsonl");
            Assert.Equal(note, JsonNode.Parse(back.Out)!["Note"]!.GetValue<string>());
        }
        finally
        {
            File.Delete(sheet);
        }
    }
}
