using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary><c>budgetsync lift</c>: takes a restriction back, for the rest of the period.</summary>
internal static class LiftCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.Account("lift");
        var id = RestrictionArguments.Id();
        var because = BecauseOption.Demand("Why, for the ledger");
        var command = new Command(
            "lift",
            "Take a restriction back: what was done is given back, what was planned is not done. It does not begin again in the budget's period")
            {
                account,
                id,
                because,
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var (of, which, why) = (parsed.GetRequiredValue(account), parsed.GetRequiredValue(id), parsed.GetRequiredValue(because));
            var by = await stack.CallerArnAsync(cancellation);
            await PersonDecision.StepAsync(
                stack,
                of,
                row => StatusChange.LiftAsked(row, which, by, why, stack.Time.GetUtcNow()),
                $"{which} of {of} is neither planned nor in force; 'budgetsync restrictions {of}' shows what is.",
                cancellation);
            await PersonDecision.TakeUpAsync(stack, of, terminal, cancellation);
            await RestrictionsView.WriteAsync(stack, terminal, of, which, cancellation);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync lift 111122223333 r-0123456789ab --because \"it stops the release\"");
    }
}
