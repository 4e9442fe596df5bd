using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Stack;

/// <summary>A command that talks to a deployed stack: connects, runs, and turns what AWS refuses into a sentence.</summary>
internal static class StackCommand
{
    /// <param name="interrupted">What Ctrl+C is answered with; null: nothing.</param>
    /// <param name="alone">Answers without a stack where it can; null: the stack is needed.</param>
    public static void SetAction(
        Command command,
        ConsoleContext terminal,
        Func<DeployedStack, ParseResult, CancellationToken, Task<int>> run,
        Func<ParseResult, Task<int>?>? alone = null,
        string? interrupted = null)
    {
        var options = new StackOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (alone?.Invoke(parsed) is { } answer) return await answer;
            try
            {
                return await RunAsync(options.Read(parsed, terminal), terminal, parsed, run, cancellation);
            }
            catch (OperationCanceledException exception)
                when (interrupted is not null && exception is not InterruptedException && cancellation.IsCancellationRequested)
            {
                await terminal.Error.WriteLineAsync(interrupted);
                throw;
            }
        });
    }

    private static async Task<int> RunAsync(
        StackSettings settings,
        ConsoleContext terminal,
        ParseResult parsed,
        Func<DeployedStack, ParseResult, CancellationToken, Task<int>> run,
        CancellationToken cancellation)
    {
        using var stack = await DeployedStack.ConnectAsync(settings, terminal, cancellation);
        try
        {
            terminal.TellFolded(stack.Introduction, indent: 2);
            return await run(stack, parsed, cancellation);
        }
        catch (AwsFaultException refused)
        {
            throw new CommandException(CallFailure.Of(refused.Fault, stack.Place, stack.Account, stack.BudgetsTableName, stack.StatusTableName));
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && CallFailure.Of(exception, stack.Place) is { } told)
        {
            throw new CommandException(told);
        }
    }
}
