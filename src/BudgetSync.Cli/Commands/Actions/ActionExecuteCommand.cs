using System.CommandLine;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary><c>budgetsync action approve</c>, <c>retry</c>, <c>reverse</c> and <c>reset</c>: one action of one account, asked before and told after.</summary>
internal static class ActionExecuteCommand
{
    private const int DefaultMinutes = 5;

    public static Command Create(ConsoleContext terminal, ActionExecution execution)
    {
        var choice = new ActionChoice();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
        var minutes = WholeNumberOption.Create("--minutes", 0, 60, $"How long to wait for the end of it; {DefaultMinutes} without, 0 not at all");
        var role = ActionCommand.RoleOption();
        var command = new Command(
            execution.Word,
            $"{execution.Effect}. For an action that is {string.Join(" or ", execution.Suits)}. Exit 0 when it is done, 1 when it failed, 3 when it is not "
                + "known yet");
        choice.AddTo(command);
        foreach (var option in new Option[] { yes, minutes, role }) command.Options.Add(option);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var actions = new AccountActions(stack, new ReadSessions(stack, parsed.GetRequiredValue(role), "BudgetSync-action"));
            var line = await choice.FindAsync(parsed, stack, actions, execution, cancellation);
            terminal.TellFolded(ActionsView.Describe(line), indent: 2);
            if (!parsed.GetValue(yes))
            {
                terminal.DemandAnswers("nothing was done; add --yes to do it");
                if (!await terminal.AskAsync($"{execution.Effect}?", cancellation))
                {
                    await terminal.Error.WriteLineAsync("Nothing was done.");
                    return ExitCode.Failed;
                }
            }

            var patience = TimeSpan.FromMinutes(parsed.GetValue(minutes) ?? DefaultMinutes);
            var now = await actions.ExecuteAsync(line, execution.Type, patience, stack.Progress.Now, cancellation);
            stack.Progress.Now("");
            await terminal.Out.WriteLineAsync(Printable.Line(ActionsView.Describe(now)));
            if (now.IsBusy)
            {
                await terminal.Error.WriteLineAsync("AWS goes on with it; 'budgetsync action list' tells what became of it.");
                return ExitCode.Unchecked;
            }

            if (!now.Status.EndsWith("_FAILURE", StringComparison.Ordinal)) return ExitCode.Done;
            var why = NextCommand.Of(terminal, parsed, ["action", "history", now.AccountId, now.Action.BudgetName, now.Action.ActionId]);
            await terminal.Error.WriteLineAsync($"It failed. Why: {Printable.Line(why)}");
            return ExitCode.Failed;
        });
        return command.WithExamples($"budgetsync action {execution.Word} 111122223333 team-a", $"budgetsync action {execution.Word} 111122223333 team-a --yes");
    }
}
