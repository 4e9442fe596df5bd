using BudgetSync.Cli.Commands;
using BudgetSync.Cli.Terminal;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Status;

public sealed class StatusWatchTests
{
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222203", "BudgetValue": -1 }]""";

    [Fact]
    public async Task A_watch_looks_again_each_interval_until_it_is_interrupted_and_exits_as_the_last_look_would()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var clock = new WaitingClock(TimeSpan.FromSeconds(7));
        using var interrupt = new CancellationTokenSource();
        await using var output = new SignallingWriter();
        await using var error = new SignallingWriter();
        var terminal = new ConsoleContext(output, error, Interactive: false) { Environment = local.EnvironmentOf(RunningLocal.Management), Time = clock };
        var running = CommandLine.RunAsync(["status", "--watch", "7"], terminal, interrupt.Token);
        await output.UntilAsync("1 Rejected");
        await output.UntilAsync("every 7 s until Ctrl+C");
        await clock.Waiting.WaitAsync();
        Assert.DoesNotContain("2 Applied", output.ToString(), StringComparison.Ordinal);

        await local.EditAsync("222222222203", "SET BudgetValue = :v", new() { [":v"] = new() { N = "5" } });
        clock.Inner.Advance(TimeSpan.FromSeconds(7));
        await output.UntilAsync("2 Applied");
        await clock.Waiting.WaitAsync();
        await interrupt.CancelAsync();
        Assert.Equal((ExitCode.Done, 2), (await running, output.ToString().Split("until Ctrl+C").Length - 1));
        Assert.DoesNotContain("budgetsync:", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task A_look_of_a_watch_fits_the_screen(int width)
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var clock = new WaitingClock(TimeSpan.FromSeconds(7));
        using var interrupt = new CancellationTokenSource();
        await using var output = new SignallingWriter();
        await using var error = new SignallingWriter();
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var terminal = new ConsoleContext(output, error, Interactive: false) { Environment = environment, Time = clock, Width = width };
        var running = CommandLine.RunAsync(["status", "--watch", "7"], terminal, interrupt.Token);
        await clock.Waiting.WaitAsync();
        await interrupt.CancelAsync();
        await running;
        var screen = output.ToString().ReplaceLineEndings("\n");
        Assert.All(screen.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Golden.Same($"Views/status-watch-{width}.txt", ViewTests.Steady(screen));
    }

    [Theory]
    [InlineData("status --watch --json", "--watch: is for eyes")]
    [InlineData("status --watch 0", "--watch: 0 is out of range")]
    [InlineData("status 222222222201 --ou r-ab12", "ACCOUNT: says whom to show already")]
    public async Task What_a_watch_cannot_be_is_told(string arguments, string told)
    {
        var run = await Tool.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    /// <summary>Tells when somebody begins to wait for so long: a clock that is moved before that moves past it.</summary>
    private sealed class WaitingClock(TimeSpan due) : TimeProvider, IDisposable
    {
        public VirtualClock Inner { get; } = new(System.GetUtcNow());

        public SemaphoreSlim Waiting { get; } = new(0);

        public override long TimestampFrequency => Inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow();

        public override long GetTimestamp() => Inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = Inner.CreateTimer(callback, state, dueTime, period);
            if (dueTime == due) Waiting.Release();
            return timer;
        }

        public void Dispose() => Waiting.Dispose();
    }
}
