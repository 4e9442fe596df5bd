using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary><c>budgetsync approve</c>: lets a restriction begin that waits for a person.</summary>
internal static class ApproveCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.Account("approve");
        var id = RestrictionArguments.Id();
        var command = new Command("approve", "Let a restriction begin that waits for approval; the ledger keeps who did") { account, id };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var (of, which) = (parsed.GetRequiredValue(account), parsed.GetRequiredValue(id));
            var by = await stack.CallerArnAsync(cancellation);
            await PersonDecision.StepAsync(
                stack,
                of,
                row => StatusChange.Approved(row, which, by, stack.Time.GetUtcNow()),
                $"{which} of {of} does not wait for approval (any more); 'budgetsync restrictions {of}' shows what does.",
                cancellation);
            await PersonDecision.TakeUpAsync(stack, of, terminal, cancellation);
            await RestrictionsView.WriteAsync(stack, terminal, of, which, cancellation);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync approve 111122223333 r-0123456789ab");
    }
}
