using System.Runtime.InteropServices;
using BudgetSync.Cli.Commands;
using BudgetSync.Cli.Terminal;

// Never disposed: Ctrl+C may come while the process is already on its way out.
var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C ends the command in order; a second one is left to end the process.
    pressed.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
};
// So does what kill, a container's stop or a CI job's end sends; a second one is left to end the process too.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
});
return await CommandLine.RunAsync(args, ConsoleContext.OfProcess(), interrupted.Token);
