using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Stack;

/// <summary>A command that talks to a deployed stack: connects, runs, and turns what AWS refuses into a sentence and an exit code.</summary>
internal static class StackCommand
{
    public static void SetAction(Command command, ConsoleContext terminal, Func<DeployedStack, ParseResult, CancellationToken, Task<int>> run)
    {
        var options = new StackOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                using var stack = await DeployedStack.ConnectAsync(options.Read(parsed, terminal), terminal, cancellation);
                return await run(stack, parsed, cancellation);
            }
            catch (CommandException exception)
            {
                await terminal.Error.WriteLineAsync($"budgetsync: {exception.Message}");
                return ExitCode.Failed;
            }
            catch (AwsFaultException refused)
            {
                await terminal.Error.WriteLineAsync($"budgetsync: {refused.Fault.Reason}");
                return ExitCode.Failed;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Failed;
            }
        });
    }
}
