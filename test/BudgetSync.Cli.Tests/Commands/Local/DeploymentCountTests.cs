using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Terminal;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Local;

public sealed class DeploymentCountTests
{
    [Fact]
    public void A_deployment_that_takes_long_says_every_five_seconds_how_far_it_is_and_nothing_once_it_is_done()
    {
        using var error = new StringWriter();
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch);
        var deployed = 3;
        using (new DeploymentCount(new ConsoleContext(TextWriter.Null, error, Interactive: false) { Time = clock }, () => deployed))
        {
            clock.Advance(TimeSpan.FromSeconds(4));
            Assert.Equal("", error.ToString());
            clock.Advance(TimeSpan.FromSeconds(1));
            deployed = 1_150;
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("3 ... 1,150 ... ", error.ToString());
    }
}
