using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>budgetsync rows delete SCOPE…</c>: takes rows away, having said what that does to the accounts.</summary>
internal static class DeleteCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var scopes = new Argument<string[]>("SCOPE")
        {
            Description = "Keys of rows: account ids, OU ids, the root's id, "
            + "default",
            Arity = ArgumentArity.OneOrMore
        };
        var options = new EditOptions();
        var command = new Command(
            "delete",
            "Take rows away; says what becomes of the budgets (OnDelete) and asks")
            {
                scopes,
            };
        options.AddTo(command);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed, terminal.Environment);
            var keys = parsed.GetRequiredValue(scopes).Distinct(StringComparer.Ordinal).ToList();
            var rows = await StackRows.ReadAsync(stack, keys, needsTree: false, cancellation);
            var missing = keys.Where(key => !rows.ByKey.ContainsKey(key)).ToList();
            if (missing.Count > 0)
                throw new CommandException(
                    $"the table has no row of {string.Join(", ", missing.Select(Printable.Key))}, so nothing was written; 'rows list' shows those it has.");
            var edit = RowEdit.Of([.. keys.Select(key => new WantedRow(key, null, "", []))], rows.Table, prune: false, rows.Judge, UnnamedAttributes.Go);
            return await new EditRun(stack, terminal, wish, rows).RunAsync(edit, parsed, cancellation);
        }, interrupted: EditRun.Nothing);
        return command;
    }
}
