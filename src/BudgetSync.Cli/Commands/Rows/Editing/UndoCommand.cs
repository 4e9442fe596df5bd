using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// <c>budgetsync rows undo</c> and <c>rows resume</c>: the two ways from the file that every edit leaves behind. A row is touched only while it is what the
/// edit read (to go on) or wrote (to go back).
/// </summary>
internal static class UndoCommand
{
    private const string Resume = "resume";

    public static Command Create(ConsoleContext terminal)
    {
        var list = new Option<bool>("--list") { Description = "Only list the edits that can be undone, the newest first" };
        var command = Make(
            terminal,
            "undo",
            "Take an edit back: every row that is still as it was written becomes what it was before; a row edited since is left and told. Without FILE the "
                + "newest edit made on this machine",
            ArgumentArity.ZeroOrOne,
            (before, after) => (after, before),
            list);
        return command;
    }

    public static Command CreateResume(ConsoleContext terminal) => Make(
        terminal,
        Resume,
        "Go on with an edit that was interrupted: every row that is still as it was before is written; a row edited since is left and told",
        ArgumentArity.ExactlyOne,
        (before, after) => (before, after),
        list: null);

    private static Command Make(
        ConsoleContext terminal,
        string name,
        string description,
        ArgumentArity arity,
        Func<RowImage?, RowImage?, (RowImage? From, RowImage? To)> direction,
        Option<bool>? list)
    {
        var file = new Argument<string?>("FILE") { Description = "The file that the edit said it left behind", Arity = arity };
        var options = new EditOptions();
        var command = new Command(name, description) { file };
        if (list is not null) command.Options.Add(list);
        options.AddTo(command);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed, terminal.Environment);
            var path = UndoFile.Find(parsed.GetValue(file), terminal.Environment) ?? UndoFile.Newest(terminal.Environment)
                ?? throw new CommandException($"no edit was made on this machine ({UndoFile.FolderOf(terminal.Environment)} has none); name the file.");
            var (header, saved) = await UndoFile.ReadAsync(path, cancellation);
            if (header.Table != stack.BudgetsTableName || header.Account != stack.Account.Value || header.Region != stack.Clients.Region.SystemName)
                throw new CommandException(
                    $"{path}: is of the table {header.Table} of account {header.Account} in {header.Region}, and this is {stack.BudgetsTableName} of "
                        + $"{stack.Account} in {stack.Clients.Region.SystemName}; use that account's credentials.");
            await terminal.Error.WriteLineAsync(Printable.Line($"The edit of {header.ChangedAt} by {header.ChangedBy}: {header.Command}"));
            var rows = await StackRows.ReadAsync(stack, saved.Select(row => KeyOf(row.Before, row.After)), needsTree: false, cancellation);
            var edit = new RowEdit([.. saved.Select(row => Change(rows, direction(row.Before, row.After)))]);
            // How large it is was looked at when the edit was made; to take a mistake back must not be harder than to make it.
            var its = wish with { AllowLarge = true, Because = wish.Because ?? Reason(name, header) };
            return await new EditRun(stack, terminal, its, rows).RunAsync(edit, parsed, cancellation);
        }, parsed => list is not null && parsed.GetValue(list) ? UndoList.WriteAsync(terminal) : null);
        return command;
    }

    /// <summary>What goes on has the reason of what it goes on with.</summary>
    private static string Reason(string name, UndoHeader header) =>
        name == Resume && header.Reason.Length > 0 ? header.Reason : $"{name} of the edit of {header.ChangedAt}";

    private static RowChange Change(StackRows rows, (RowImage? From, RowImage? To) step)
    {
        var key = KeyOf(step.From, step.To);
        var now = rows.ByKey.GetValueOrDefault(key);
        if (Same(now, step.To) || (now is not null && step.To is not null && RowEquivalence.SameRow(now, step.To)))
            return new RowChange(key, "", RowChangeKind.Unchanged, now, now, []);
        // Who resumed or undid another edit put other names and times on the rows: what they ask for is what counts.
        var asWritten = Same(now, step.From) || (now is not null && step.From is not null && RowEquivalence.SameRow(now, step.From));
        if (!asWritten) return new RowChange(key, "", RowChangeKind.Rejected, now, now, [Moved(now)]);
        if (now is null && step.To is { } lost && lost.Attributes.Values.Any(value => value is RowValue.Binary))
            return new RowChange(key, "", RowChangeKind.Rejected, now, now, ["it had a binary attribute, which no file of an edit keeps; write the row anew"]);
        return new RowChange(
            key,
            "",
            step.To is null ? RowChangeKind.Removed : now is null ? RowChangeKind.Added : RowChangeKind.Changed,
            now,
            step.To,
            []);
    }

    private static bool Same(RowImage? one, RowImage? other) =>
        one is null || other is null ? one is null && other is null : RowEquivalence.SameItem(one, other);

    private static string Moved(RowImage? now)
    {
        if (now is null) return "it was deleted since";
        var (by, at, _) = RowProvenance.Of(now);
        return by.Length > 0 ? $"it was edited since, last by {by} at {at}" : "it was edited since";
    }

    private static string KeyOf(RowImage? before, RowImage? after) => (before ?? after)?.Key ?? "";
}
