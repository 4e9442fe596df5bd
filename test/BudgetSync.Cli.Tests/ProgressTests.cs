using BudgetSync.Cli.Terminal;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests;

public sealed class ProgressTests
{
    // Found by a newcomer: 'looked into 5 of 13', then '3 of 13'.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_count_never_goes_back_and_each_work_begins_at_its_own(bool draws)
    {
        var start = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        var clock = new VirtualClock(start);
        using var error = new StringWriter();
        var terminal = new ConsoleContext(TextWriter.Null, error, Interactive: false) { Time = clock, DrawsProgress = draws };
        using var progress = new Progress(terminal);
        var bar = new ProgressBar(terminal, progress);
        foreach (var done in new[] { 2, 5, 3, 4 }) bar.Show(done, 13, $"looked into {done} of 13");
        clock.AdvanceTo(start.AddSeconds(5));
        bar.Clear();
        bar.Show(1, 13, "looked into 1 of 13");
        clock.AdvanceTo(start.AddSeconds(10));

        var told = error.ToString();
        Assert.Contains("looked into 5 of 13", told, StringComparison.Ordinal);
        Assert.DoesNotContain("looked into 3 of 13", told, StringComparison.Ordinal);
        Assert.DoesNotContain("looked into 4 of 13", told, StringComparison.Ordinal);
        Assert.Contains("looked into 1 of 13", told, StringComparison.Ordinal);
    }

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
