namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>Regression: that the page of messages cannot be written was said after the whole run.</summary>
public sealed class InboxFileTests
{
    [Fact]
    public async Task A_page_that_cannot_be_written_is_refused_before_the_run()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "inbox.html");
        var run = await Tool.RunAsync("local", "--once", "--channels", "--inbox", file);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"budgetsync: --inbox: {file} cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Name a file in a folder that is there.", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
