namespace BudgetSync.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("lcal", "'lcal'", "budgetsync --help")]
    [InlineData("local --port 99999", "--port: 99999 is out of range; give 0 to 65535", "budgetsync local --help")]
    [InlineData("local --port many", "--port: \"many\" is not a whole number; give 0 to 65535", "budgetsync local --help")]
    [InlineData("local --generate 10001", "--generate: 10001", "budgetsync local --help")]
    [InlineData("local --functions lambda", "'in-process'", "budgetsync local --help")]
    [InlineData("local --management-account 12", "--management-account: \"12\"", "budgetsync local --help")]
    [InlineData("rows explain some.csv --account 12", "--account: \"12\" is not an AWS account id; give 12 digits", "budgetsync rows explain --help")]
    [InlineData("local --email-recipient foo", "--email-recipient: \"foo\"", "budgetsync local --help")]
    [InlineData("local --budget-name a:b", "--budget-name: \"a:b\"", "budgetsync local --help")]
    [InlineData("rows validate some.csv --email-recipient foo", "--email-recipient: \"foo\"", "budgetsync rows validate --help")]
    [InlineData("status --email-recipient foo", "--email-recipient: \"foo\"", "budgetsync status --help")]
    [InlineData("local --rows some.csv --generate 3", "--generate: makes rows up instead", "budgetsync local --help")]
    [InlineData("local --fault plague", "'throttle'", "budgetsync local --help")]
    [InlineData("local --currency eur", "--currency: \"eur\" is no currency code", "budgetsync local --help")]
    [InlineData("local --without-stack 12", "--without-stack: \"12\"", "budgetsync local --help")]
    [InlineData("status --local many", "--local: \"many\" is not a whole number; give 1 to 65535", "budgetsync status --help")]
    [InlineData("rows validate", "'validate'", "budgetsync rows validate --help")]
    [InlineData("rows check some.csv", "'check'", "budgetsync rows --help")]
    public async Task A_wrong_command_line_names_what_is_wrong_and_where_the_help_is(string arguments, string named, string help)
    {
        var run = await Tool.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Contains(help, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rows")]
    public async Task No_command_at_all_is_answered_with_the_help_as_an_error(string arguments)
    {
        var run = await Tool.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains("Commands:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_every_command_and_the_exit_codes()
    {
        var run = await Tool.RunAsync("--help");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Same("help.txt", run.Out.Replace("testhost", "budgetsync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_without_a_row_cannot_be_left_without_a_stack()
    {
        var run = await Tool.RunAsync("local", "--once", "--without-stack", "333333333333");
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("budgetsync: --without-stack: no row is for the account 333333333333", run.Error, StringComparison.Ordinal);
    }
}
