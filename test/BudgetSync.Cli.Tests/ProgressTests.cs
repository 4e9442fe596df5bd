using BudgetSync.Cli.Terminal;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void A_command_that_takes_long_says_what_it_is_doing_and_a_quick_one_nothing()
    {
        var start = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        var clock = new VirtualClock(start);
        using var error = new StringWriter();
        using (var progress = new Progress(new ConsoleContext(TextWriter.Null, error, Interactive: false) { Time = clock }))
        {
            progress.Now("reading the organization");
            clock.AdvanceTo(start.AddSeconds(4.9));
            Assert.Equal("", error.ToString());
            clock.AdvanceTo(start.AddSeconds(5));
            progress.Now("looked into 1 of 2 accounts");
            clock.AdvanceTo(start.AddSeconds(10));
        }

        clock.AdvanceTo(start.AddMinutes(1));
        Assert.Equal("reading the organization …\nlooked into 1 of 2 accounts …\n", error.ToString().ReplaceLineEndings("\n"));
    }
}
