using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary><c>budgetsync action history</c>: what happened to one action, when, and by whom: AWS Budgets itself, or a call.</summary>
internal static class ActionHistoryCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var choice = new ActionChoice();
        var json = new Option<bool>("--json") { Description = "Print an array with one object per step" };
        var role = ActionCommand.RoleOption();
        var command = new Command("history", "Show what happened to a budget action, oldest first, with what AWS says of each step");
        choice.AddTo(command);
        foreach (var option in new Option[] { json, role }) command.Options.Add(option);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var actions = new AccountActions(stack, new ReadSessions(stack, parsed.GetRequiredValue(role)));
            var line = await choice.FindAsync(parsed, stack, actions, null, cancellation);
            var events = await actions.HistoryAsync(line, cancellation);
            if (parsed.GetValue(json))
            {
                await terminal.Whole.WriteLineAsync(new JsonArray([.. events.Select(ActionsView.ToJson)]).ToJsonString(JsonOutput.Options));
                return ExitCode.Done;
            }

            TextColumn[] columns = [new("AT"), new("STATUS"), new("BY", Goes: 1), new("WHAT AWS SAYS", Shortest: 16, MostLines: 6)];
            TableScreen.Write(
                terminal,
                columns,
                [
                    .. events.Select(happened => new[]
                    {
                        happened.Timestamp?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "", happened.Status?.Value ?? "",
                        happened.EventType?.Value ?? "", happened.ActionHistoryDetails?.Message ?? "",
                    }),
                ],
                whole: "--json has");
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync action history 111122223333 team-a");
    }
}
