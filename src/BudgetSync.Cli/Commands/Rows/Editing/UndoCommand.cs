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
    public static Command Create(ConsoleContext terminal)
    {
        var list = new Option<bool>("--list")
        {
            Description = "Only list the edits, the newest first: command, counts, and whether each was undone; of all stacks, or of the one that --local, "
                + "--endpoint-url, --region or --budgets-table names",
        };
        var command = Make(
            terminal,
            "undo",
            EditKind.Undo,
            "Take an edit back: every row that is still as it was written becomes what it was before; a row edited since is left and told. Without FILE the "
                + "newest edit of this stack made on this machine; an undo is an edit too, so a second 'rows undo' takes the first one back",
            ArgumentArity.ZeroOrOne,
            list);
        return command;
    }

    public static Command CreateResume(ConsoleContext terminal) => Make(
        terminal,
        "resume",
        EditKind.Resume,
        "Go on with an edit that was interrupted: every row that is still as it was before is written; a row edited since is left and told",
        ArgumentArity.ExactlyOne,
        list: null);

    private static Command Make(
        ConsoleContext terminal,
        string name,
        EditKind kind,
        string description,
        ArgumentArity arity,
        Option<bool>? list)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "The file that the edit said it left behind; of one in the folder of edits its name is enough",
            Arity = arity,
        };
        var options = new EditOptions();
        var command = new Command(name, description) { file };
        if (list is not null) command.Options.Add(list);
        options.AddTo(command);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed, terminal.Environment);
            var undo = parsed.GetValue(file) is { } path ? UndoFile.Read(UndoFolder.Find(path, terminal.Environment))
                : UndoFolder.Newest(terminal.Environment, header => header.IsOf(stack))
                    ?? throw new CommandException(
                        $"no edit of {stack.BudgetsTableName} of {stack.Account} at {stack.Place} was made on this machine "
                            + $"({UndoFolder.Of(terminal.Environment)} has none; 'rows undo --list' shows those of other places); name the file.");
            if (!undo.Header.IsOfTable(stack))
                throw new CommandException(
                    $"{undo.Path}: is of the table {undo.Header.Target}, and this is {stack.BudgetsTableName} of "
                        + $"{stack.Account} in {stack.Clients.Region.SystemName}; use that account's credentials.");
            var last = undo;
            if (kind == EditKind.Undo && undo.Header.Origin.Kind == EditKind.Resume) undo = UndoFolder.First(undo, UndoFolder.All(terminal.Environment));
            var (header, saved) = (undo.Header, undo.Rows());
            await terminal.Error.WriteLineAsync(Printable.Line(
                $"The edit of {header.ChangedAt} by {header.ChangedBy} ({EditOutcome.Counts(undo, terminal.Environment)}): {header.Command}"));
            if (kind == EditKind.Undo && Part(header.Origin.Kind) is { } part) await terminal.Error.WriteLineAsync(part);
            if (last != undo)
                await terminal.Error.WriteLineAsync(Printable.Line(
                    $"{Path.GetFileName(last.Path)} went on with it: the rows of both are taken back, from {undo.Path}"));
            var rows = await StackRows.ReadAsync(stack, [.. saved.Select(row => KeyOf(row.Before, row.After))], needsTree: false, cancellation);
            var steps = saved.Select(row => kind == EditKind.Undo ? (From: row.After, To: row.Before) : (From: row.Before, To: row.After)).ToList();
            var own = new EditAuthorship(undo, UndoFolder.All(terminal.Environment));
            var made = new RowEdit([.. steps.Select(step => Change(rows, step, own))]);
            var then = made.Then(rows.Table);
            var edit = new RowEdit([.. made.Changes.Select(change => Judged(change, rows, then))]);
            // How large it is was looked at when the edit was made; to take a mistake back must not be harder than to make it.
            var its = wish with { AllowLarge = true, Because = wish.Because ?? Reason(kind, header) };
            var run = new EditRun(stack, terminal, its, rows);
            var code = await run.RunAsync(edit, parsed, cancellation, new EditOrigin(kind, undo.Checksum, undo.Path));
            // Nothing of it is left to go on with or back from.
            if (!edit.Writes.Any()) EditOutcome.Keep(undo, EditOutcome.Of(undo, terminal.Environment), ended: true, terminal.Environment);
            if (kind == EditKind.Undo && run.Written > 0)
                await terminal.Error.WriteLineAsync("An undo is an edit too: the next 'rows undo' takes this one back.");
            return code;
        }, parsed => list is null || !parsed.GetValue(list) ? null
            : Task.FromResult(UndoList.Write(terminal, header => StackOptions.MayName(parsed, header.Table, header.Region, header.Endpoint))), EditRun.Nothing);
        return command;
    }

    /// <summary>What to know of an edit that does not stand alone before it is undone.</summary>
    private static string? Part(EditKind kind) => kind switch
    {
        EditKind.Undo => "That edit was an undo itself: to undo it makes again what it had taken back. 'rows undo --list' shows the edits before it.",
        EditKind.Resume => "That edit went on with an interrupted one, whose file is not in the folder of edits: what that one wrote stays until its own file "
            + "is undone too.",
        _ => null,
    };

    /// <summary>What goes on has the reason of what it goes on with.</summary>
    private static string Reason(EditKind kind, UndoHeader header) => kind == EditKind.Resume && header.Reason.Length > 0 ? header.Reason
        : $"{(kind == EditKind.Undo ? "undo" : "resume")} of the edit of {header.ChangedAt}";

    /// <summary>What would be written keeps the rules of rows, like everything that this tool writes.</summary>
    private static RowChange Judged(RowChange change, StackRows rows, IReadOnlyDictionary<string, RowImage> then) =>
        change is { Writes: true, After: { } after } && rows.Judge(after, then) is { IsEmpty: false } reasons
            ? change with { Kind = RowChangeKind.Rejected, After = change.Before, Reasons = reasons }
            : change;

    private static RowChange Change(StackRows rows, (RowImage? From, RowImage? To) step, EditAuthorship own)
    {
        var key = KeyOf(step.From, step.To);
        var now = rows.ByKey.GetValueOrDefault(key);
        if (RowEquivalence.SameItem(now, step.To) || (now is not null && step.To is not null && RowEquivalence.SameRow(now, step.To)))
            return new RowChange(key, "", RowChangeKind.Unchanged, now, now, []);
        // Who resumed or undid this edit put other names and times on the rows, and what those ask for is what counts. Another edit that came to the same rows
        // is not this one's to take back.
        var asWritten = RowEquivalence.SameItem(now, step.From)
            || (now is not null && step.From is not null && RowEquivalence.SameRow(now, step.From) && own.Wrote(now));
        if (!asWritten) return new RowChange(key, "", RowChangeKind.Left, now, now, [Moved(now)]);
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

    private static string Moved(RowImage? now)
    {
        if (now is null) return "it was deleted since";
        var (by, at, _) = RowProvenance.Of(now);
        return by.Length > 0 ? $"it was edited since, last by {by} at {at}" : "it was edited since";
    }

    private static string KeyOf(RowImage? before, RowImage? after) => (before ?? after)?.Key ?? "";
}
