using BudgetSync.Cli.Terminal;
using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests;

/// <summary>Text of rows that would steer a terminal, a screen library or a spreadsheet is shown as what it is.</summary>
public sealed class PrintableTests
{
    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 10, "BudgetName": "[red]x[/]" },
          { "AccountId": "222222222202", "BudgetValue": "\u001b]0;owned\u0007\u001b[2J" },
          { "AccountId": "222222222203", "BudgetValue": "=cmd|[red]x'/c calc'!A1" },
          { "AccountId": "\u001b[31mred\r\n222222222204  Applied", "BudgetValue": 1 },
          { "AccountId": "222222222205", "BudgetValue": "\u202e001" },
          { "AccountId": "222222222206", "BudgetValue": "\ud800" },
          { "AccountId": "222222222207", "BudgetValue": 5, "\u009b31m\u001b[2J": 1 }
        ]
        """;

    [Theory]
    [InlineData("rows validate FILE")]
    [InlineData("rows validate FILE --json")]
    [InlineData("rows explain FILE")]
    [InlineData("rows explain FILE --json")]
    [InlineData("local --once --rows FILE")]
    [InlineData("local --once --json --rows FILE")]
    public async Task A_row_steers_no_terminal(string command)
    {
        using var file = new RowsOnDisk(Rows);
        var run = await Tool.RunAsync([.. command.Split(' ').Select(word => word == "FILE" ? file.Path : word)]);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        IsHarmless(run);
        Assert.Contains("[red]x", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Contains("=cmd|", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_the_table_and_names_of_accounts_steer_none_either()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.Organizations.AddAccount("222222222299", "\u001b[2Jname [red]");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        foreach (var command in new[] { new[] { "status" }, ["status", "--json"], ["status", "222222222202"], ["drift"], ["plan", file.Path], ["rows", "list"],
            ["rows", "list", "--json"], ["rows", "get", "222222222202"], ["rows", "export", "--format", "json"], ["rows", "import", file.Path],
            ["rows", "fix", file.Path, "--format", "yaml"] })
            IsHarmless(await Tool.RunAsync(environment, command));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("größer 日本 😀", "größer 日本 😀")]
    [InlineData("a\u001b[31mb", @"a\u001b[31mb")]
    [InlineData("a\rb\r\nc\td", "a\\u000db\r\nc\td")]
    [InlineData("\u202eabc\u2066", @"\u202eabc\u2066")]
    [InlineData("\u009b31m\u007f", @"\u009b31m\u007f")]
    [InlineData("a\u200bb\u2060\u00adc", @"a\u200bb\u2060\u00adc")]
    [InlineData("\u3164\u115f\ufe0f", @"\u3164\u115f\ufe0f")]
    [InlineData("a\U000E0041b", @"a\udb40\udc41b")]
    public void What_steers_is_written_out_and_all_else_stays(string text, string shown) => Assert.Equal(shown, Printable.Text(text));

    [Fact]
    public void Half_a_surrogate_pair_is_written_out() => Assert.Equal(@"a\ud800b", Printable.Text("a" + (char)0xd800 + "b"));

    [Fact]
    public void A_text_that_belongs_on_one_line_stays_on_it() => Assert.Equal(@"a\u000d\u000ab", Printable.Line("a\r\nb"));

    private static void IsHarmless(ToolResult run)
    {
        Assert.DoesNotContain(run.Out + run.Error, letter => (char.IsControl(letter) && letter is not '\n') || letter is '\u202e' || char.IsSurrogate(letter));
        Assert.DoesNotContain(run.Out.Split('\n'), line => line.StartsWith("222222222204  Applied", StringComparison.Ordinal));
        Assert.DoesNotContain("a fault of this tool", run.Error, StringComparison.Ordinal);
    }
}
