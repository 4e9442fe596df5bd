using System.CommandLine;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>budgetsync rows import FILE</c>: makes the table say what a file says.</summary>
internal static class ImportCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var file = new Argument<string>("FILE") { Description = RowFile.Description };
        var (prune, merge) = (Prune(), Merge());
        var options = new EditOptions();
        var command = new Command(
            "import",
            "Make the table say what a file says: shows what would change, asks, and writes. A row of the file replaces the table's row of its key; rows that "
                + "the file does not have stay. A row edited meanwhile is left and told. Exit 0, or 1 where a row was rejected, left or failed")
            {
                file,
                prune,
                merge,
            };
        options.AddTo(command);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed, terminal.Environment);
            var entries = await RowFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
            var rows = await StackRows.ReadAsync(
                stack, [.. entries.Select(entry => entry.Image.Key)], needsTree: false, cancellation, mayAdd: true, reachesAll: parsed.GetValue(prune));
            var edit = ImportEdit.Of(entries, rows, parsed.GetValue(prune), parsed.GetValue(merge));
            var rejects = edit.Changes.Where(change => change.Kind == RowChangeKind.Rejected).Select(change => change.Key).ToHashSet(StringComparer.Ordinal);
            FixHint.Tell(terminal, parsed.GetRequiredValue(file), entries.Where(entry => rejects.Contains(entry.Image.Key)));
            // A key that cannot be read may be that of any row: nothing may go because of it.
            if (parsed.GetValue(prune) && edit.Changes.FirstOrDefault(change => change.Kind == RowChangeKind.Rejected) is { } rejected)
                throw new CommandException(Printable.Line(
                    $"--prune: {rejected.Position}: {Printable.Key(rejected.Key)}: {rejected.Reasons[0]}. With a rejected "
                        + "row it is "
                        + "not known which rows the file is to keep, so nothing was written; correct the file, or import it without --prune."));
            return await new EditRun(stack, terminal, wish, rows).RunAsync(edit, parsed, cancellation);
        }, interrupted: EditRun.Nothing);
        return command;
    }

    public static Option<bool> Prune() => new("--prune") { Description = "Remove the rows that the file does not have; by default they stay" };

    public static Option<bool> Merge() => new("--merge")
    {
        Description = "Leave attributes that the file has no column for; by default a row of the file says all of its row (but for Note and x-… of your own)",
    };
}
