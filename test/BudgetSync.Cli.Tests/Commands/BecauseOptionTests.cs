namespace BudgetSync.Cli.Tests.Commands;

/// <summary>
/// Rows, restrictions and messages hold the reason: 40,000 letters were refused by DynamoDB in its words, and 30,000 left no room in the account's status for
/// the end of an alert.
/// </summary>
public sealed class BecauseOptionTests
{
    [Theory]
    [InlineData("lift 111122223333 r-0123456789ab", "1,001", "1,000")]
    [InlineData("stop-all", "1,001", "1,000")]
    [InlineData("arm", "1,001", "1,000")]
    [InlineData("snooze 111122223333 --until 2026-11-30", "1,001", "1,000")]
    [InlineData("rows set 111122223333 --value 5", "1,001", "1,000")]
    [InlineData("rows delete 111122223333", "1,001", "1,000")]
    [InlineData("ai restore 111122223333 role/x", "201", "200")]
    [InlineData("ai approve 111122223333 role/x", "201", "200")]
    public async Task A_reason_that_is_too_long_is_refused_with_how_long_it_may_be(string command, string letters, string most)
    {
        var reason = new string('a', int.Parse(letters, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture));

        var run = await Tool.RunAsync([.. command.Split(' '), "--because", reason]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains($"--because: has {letters} letters; write at most {most}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lift 111122223333 r-0123456789ab", "")]
    [InlineData("lift 111122223333 r-0123456789ab", " ")]
    [InlineData("ai restore 111122223333 role/x", "")]
    [InlineData("ai approve 111122223333 role/x", " ")]
    public async Task Where_a_reason_is_demanded_it_says_something(string command, string reason)
    {
        var run = await Tool.RunAsync([.. command.Split(' '), "--because", reason]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains("--because: has no text; say why", run.Error, StringComparison.Ordinal);
    }
}
