using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Money;

/// <summary><c>budgetsync history</c>: what an account's budgets allowed and cost, period by period and day by day.</summary>
internal static class HistoryCommand
{
    /// <summary>The table keeps 400 days.</summary>
    private const int MostMonths = 13;

    public static Command Create(ConsoleContext terminal)
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description = "The account, 12 digits; without it, the account of the credentials",
            Arity = ArgumentArity.ZeroOrOne,
        };
        AccountOption.Check(account, "history");
        var months = WholeNumberOption.Create("--months", 1, MostMonths, $"Only the last so many months; without it all that is kept, {MostMonths}");
        var json = new Option<bool>("--json") { Description = "Print an object with each budget's summary, periods and days" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per day of a budget" };
        var command = new Command(
            "history",
            "Show what an account's budgets allowed and cost: each closed period with its variance, how good forecasts were, and the present period")
            {
                account,
                months,
                json,
                csv,
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("history: --json and --csv are two ways to print; give one of them");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account) ?? stack.Account.Value;
            var history = await AccountHistories.ReadAsync(stack, [id], cancellation);
            // Where the rows are missing too it is the account that is wrong, and no deployment would help.
            if (history.Missing && stack.WrongAccount is { } wrong && !await stack.HasRowsAsync(cancellation)) throw new CommandException($"{wrong}.");
            if (history.Missing) throw new CommandException($"this deployment has no history table: {AccountHistories.HowToGetOne}.");
            var today = DateOnly.FromDateTime(stack.Time.GetUtcNow().UtcDateTime);
            var from = today.AddMonths(-(parsed.GetValue(months) ?? MostMonths));
            var items = history.Of(id).Where(item => item.Key.Day >= from);
            var budgets = BudgetHistory.Of(items, today);
            stack.Progress.Now("");
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(HistoryView.Json(id, budgets));
            else if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(HistoryView.Csv(budgets));
            else HistoryView.Write(terminal, id, budgets);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync history 111122223333", "budgetsync history 111122223333 --months 3", "budgetsync history 111122223333 --csv");
    }
}
