using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary><c>budgetsync action</c>: the actions of AWS Budgets that accounts have, where they stand, and what a person decides of them.</summary>
internal static class ActionCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var command = new Command("action", "Show the budget actions of accounts and what became of them; approve, retry, reverse and reset them")
        {
            ActionListCommand.Create(terminal),
            ActionHistoryCommand.Create(terminal),
        };
        foreach (var execution in ActionExecution.All) command.Subcommands.Add(ActionExecuteCommand.Create(terminal, execution));
        return command;
    }

    /// <summary>The role by which accounts are entered.</summary>
    public static Option<string> RoleOption() => new("--role")
    {
        Description = "The role in each account that may read budget actions, and execute them",
        DefaultValueFactory = _ => LocalOrganization.AccessRole,
        HelpName = "NAME",
    };
}
