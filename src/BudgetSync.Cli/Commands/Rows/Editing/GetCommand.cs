using System.CommandLine;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>budgetsync rows get SCOPE</c>: one row, what it inherits and from where, who wrote it, and where it stands.</summary>
internal static class GetCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var scope = new Argument<string>("SCOPE") { Description = "An account's 12 digits, an OU's id, the root's id, default, or any other key of a row" };
        var json = new Option<bool>("--json") { Description = "Print an object" };
        var command = new Command(
            "get",
            "Show one row: its attributes, what it inherits and from where, who wrote it last and why, and where the account stands. Exit 0, or 1 where "
                + "there is no row and nothing is inherited")
            {
                scope,
                json,
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var key = parsed.GetRequiredValue(scope);
            // An account's place is in its status row too, but a row may be newer than that.
            var rows = await StackRows.ReadAsync(stack, [key], needsTree: false, cancellation);
            var detail = RowDetail.Of(key, rows, await stack.Status.ReadAsync(key, cancellation), stack.Time.GetUtcNow());
            if (detail is null)
                throw new CommandException(AccountOption.LostZeros(key) ?? Printable.Line(
                    $"{key}: the table has no row of it, and no row above it says anything; 'rows list' shows those it has."));
            var nearestFirst = rows.Above(key).Select(above => above.Key).Prepend(key).Select(rows.ByKey.GetValueOrDefault).OfType<RowImage>().ToList();
            detail = detail with { Routes = await AccountRoutes.ReadAsync(stack, nearestFirst, cancellation) };
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(detail.ToJson().ToJsonString(JsonOutput.Options));
            else detail.Write(terminal);
            return ExitCode.Done;
        });
        return command;
    }
}
