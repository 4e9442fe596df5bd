using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary>Which one action a command is about: of an account, of a budget, and by its id where the budget has several that it may be.</summary>
internal sealed class ActionChoice
{
    private readonly Argument<string> account = new("ACCOUNT") { Description = "The account that has the action, 12 digits" };

    private readonly Argument<string> budget = new("BUDGET") { Description = "The name of the budget" };

    private readonly Argument<string?> action = new("ACTION")
    {
        Description = "The id of the action, where more than one of the budget's can be meant; 'budgetsync action list' tells it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public void AddTo(Command command)
    {
        AccountOption.Check(account, "action");
        command.Arguments.Add(account);
        command.Arguments.Add(budget);
        command.Arguments.Add(action);
    }

    /// <param name="execution">What it must suit; null: any.</param>
    /// <exception cref="CommandException">There is none, or more than one.</exception>
    public async Task<BudgetActionLine> FindAsync(
        ParseResult parsed,
        DeployedStack stack,
        AccountActions actions,
        ActionExecution? execution,
        CancellationToken cancellation)
    {
        var (id, name, wanted) = (AccountId.Parse(parsed.GetRequiredValue(account)), parsed.GetRequiredValue(budget), parsed.GetValue(action));
        stack.Progress.Now($"reading the budget actions of {id}");
        var tree = await stack.TreeAsync(cancellation);
        var all = await actions.ReadAsync(id, tree.Find(id)?.Name ?? "", cancellation);
        stack.Progress.Now("");
        var ofBudget = all.Where(line => line.Action.BudgetName == name).ToList();
        if (ofBudget.Count == 0)
        {
            var others = all.Select(line => $"\"{line.Action.BudgetName}\"").Distinct().ToList();
            throw new CommandException($"the budget \"{name}\" of {id} has no action"
                + (others.Count == 0 ? ", nor has another of the account's budgets." : $"; of this account these have: {string.Join(", ", others)}."));
        }

        var named = wanted is null ? ofBudget : [.. ofBudget.Where(line => line.Action.ActionId == wanted)];
        if (named.Count == 0)
            throw new CommandException($"the budget \"{name}\" of {id} has no action {wanted}; it has:{Listed(ofBudget)}");
        var suitable = execution is null ? named : [.. named.Where(line => execution.Suits.Contains(line.Status))];
        return suitable switch
        {
            [var one] => one,
            [] => throw new CommandException($"{execution!.Word}: no action is {string.Join(" or ", execution.Suits)}; there is:{Listed(named)}"),
            _ => throw new CommandException(
                $"more than one action can be meant; add the id of one:{Listed(suitable)}", ExitCode.Usage),
        };
    }

    private static string Listed(List<BudgetActionLine> lines) => string.Concat(lines.Select(line => $"\n  {ActionsView.Describe(line)}"));
}
