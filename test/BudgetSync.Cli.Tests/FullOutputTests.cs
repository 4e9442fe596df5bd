using BudgetSync.Cli.Commands;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests;

/// <summary>Regression: a full disk behind standard output was told as AWS that does not answer.</summary>
public sealed class FullOutputTests
{
    [Fact]
    public async Task What_cannot_be_written_is_told_as_that()
    {
        await using var full = new FullWriter();
        var error = new StringWriter();
        var code = await CommandLine.RunAsync(["completion", "bash"], new ConsoleContext(full, error, Interactive: false), CancellationToken.None);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal(
            "budgetsync: the output cannot be written: No space left on device; make room where it goes, or let it go elsewhere.\n",
            error.ToString());
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override Task WriteAsync(string? value) => Task.FromException(new IOException("No space left on device"));
    }
}
