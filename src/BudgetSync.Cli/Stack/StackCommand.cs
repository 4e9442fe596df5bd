using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Stack;

/// <summary>A command that talks to a deployed stack: connects, runs, and turns what AWS refuses into a sentence.</summary>
internal static class StackCommand
{
    public static void SetAction(Command command, ConsoleContext terminal, Func<DeployedStack, ParseResult, CancellationToken, Task<int>> run)
    {
        var options = new StackOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = options.Read(parsed, terminal);
            using var stack = await DeployedStack.ConnectAsync(settings, terminal, cancellation);
            try
            {
                await terminal.Error.WriteLineAsync(stack.Introduction);
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
        });
    }
}
