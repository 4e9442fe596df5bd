using System.Globalization;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>A <c>budgetsync local --ai</c> that stays up on a port of its own once its team has been suspended, until the test interrupts it.</summary>
internal sealed class RunningModels : IAsyncDisposable
{
    private readonly CancellationTokenSource interrupt;
    private readonly Task<ToolResult> run;

    private RunningModels(CancellationTokenSource interrupt, Task<ToolResult> run, string port) => (this.interrupt, this.run, Port) = (interrupt, run, port);

    public string Port { get; }

    public static async Task<RunningModels> StartAsync(DateTimeOffset now)
    {
        var interrupt = new CancellationTokenSource();
        var error = new SignallingWriter();
        var run = Task.Run(() => Tool.RunAsync(
            _ => new Terminal.ConsoleContext(TextWriter.Null, error, Interactive: false) { Time = new VirtualClock(now) },
            interrupt.Token,
            ["local", "--ai", "--port", "0"]));
        Assert.NotSame(run, await Task.WhenAny(error.UntilAsync("Ctrl+C ends it"), run));
        return new(interrupt, run, new Uri(error.ToString().Split("Listening on ")[1].Split(". ")[0]).Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Presses Ctrl+C.</summary>
    public async Task<int> InterruptAsync()
    {
        await interrupt.CancelAsync();
        return (await run).ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await InterruptAsync();
        interrupt.Dispose();
    }
}
