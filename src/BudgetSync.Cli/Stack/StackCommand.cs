using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Stack;

/// <summary>A command that talks to a deployed stack: connects, runs, and turns what AWS refuses into a sentence.</summary>
internal static class StackCommand
{
    /// <param name="interrupted">What Ctrl+C is answered with; null: nothing.</param>
    /// <param name="unknown">What is done where AWS does not say who asks, with why; null: nothing.</param>
    /// <param name="alone">Answers without a stack where it can; null: the stack is needed.</param>
    public static void SetAction(
        Command command,
        ConsoleContext terminal,
        Func<DeployedStack, ParseResult, CancellationToken, Task<int>> run,
        Func<ParseResult, Task<int>?>? alone = null,
        string? interrupted = null,
        Func<StackSettings, CommandException, ParseResult, CancellationToken, Task<int>>? unknown = null)
    {
        var options = new StackOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (alone?.Invoke(parsed) is { } answer) return await answer;
            try
            {
                return await RunAsync(options.Read(parsed, terminal), terminal, parsed, run, unknown, cancellation);
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
        Func<StackSettings, CommandException, ParseResult, CancellationToken, Task<int>>? unknown,
        CancellationToken cancellation)
    {
        DeployedStack connected;
        try
        {
            connected = await DeployedStack.ConnectAsync(settings, terminal, cancellation);
        }
        catch (CommandException silence) when (unknown is not null)
        {
            return await unknown(settings, silence, parsed, cancellation);
        }

        using var stack = connected;
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
