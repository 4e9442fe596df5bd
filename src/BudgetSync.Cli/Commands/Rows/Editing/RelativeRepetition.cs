using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// A change that is relative to what stands there (<c>--value +10%</c>) is made once: the same command again would change once more what the first had changed.
/// </summary>
internal static class RelativeRepetition
{
    private const int MostNamed = 20;

    /// <summary>
    /// Refuses the command that the newest edit of this stack was made by, where that was not made to its end; and any command for rows that a relative change
    /// wrote which was not made to its end, however it was typed and whatever was edited since.
    /// </summary>
    /// <param name="chosen">The rows that are to be changed.</param>
    /// <param name="because">Why they are, as the caller put it.</param>
    /// <exception cref="CommandException">It was interrupted, and nothing has gone on with it or back.</exception>
    public static void Refuse(
        DeployedStack stack,
        ConsoleContext terminal,
        ParseResult command,
        IReadOnlyCollection<string> chosen,
        StackRows rows,
        string? because)
    {
        var environment = terminal.Environment;
        var all = UndoFolder.All(environment).Where(file => file.Header.IsOf(stack)).ToList();
        if (all is [var newest, ..] && newest.Header.Command == EditRun.Typed(terminal, command)
            && !(EditOutcome.Of(newest, environment) >= newest.Header.Rows))
            throw Repeated(terminal, command, newest, $"this very command was made at {newest.Header.ChangedAt} and");
        // Another reason than the first one's is a second word: it is meant once more.
        bool IsMeant(UndoFile file) => because is { Length: > 0 } && because != file.Header.Reason;
        var keys = chosen.ToHashSet(StringComparer.Ordinal);
        bool IsOpen(UndoFile file) => file.Header is { Relative: true, Origin.Kind: EditKind.Edit } && !IsSettled(file, all, environment);
        foreach (var file in all.Where(file => !IsMeant(file) && IsOpen(file)))
        {
            // A row that is still as that edit read it was not changed by it.
            var changed = file.Rows().Select(row => (row.Before, Key: (row.Before ?? row.After)?.Key ?? ""))
                .Where(row => keys.Contains(row.Key) && rows.ByKey.TryGetValue(row.Key, out var now)
                    && (row.Before is null || !RowEquivalence.SameItem(row.Before, now)))
                .Select(row => row.Key)
                .ToList();
            if (changed.Count == 0) continue;
            throw Repeated(terminal, command, file, $"the amount of {Printable.Key(changed[0])}"
                + $"{(changed.Count > 1 ? $" and {Number.Count(changed.Count - 1, "more row")}" : "")} was changed by how much more or less at "
                + $"{file.Header.ChangedAt} ({Printable.Line(file.Header.Command)}), and that edit");
        }
    }

    /// <param name="what">What was made, to the verb.</param>
    private static CommandException Repeated(ConsoleContext terminal, ParseResult command, UndoFile edit, string what)
    {
        var file = NextCommand.PathOf(edit.Path);
        return new CommandException(
            $"{what} did not come to its end ("
                + $"{EditOutcome.Counts(edit, terminal.Environment)}), so to make it again would change twice what it had changed. Nothing was written. "
                + $"To go on with it: {NextCommand.Of(terminal, command, ["rows", "resume", file])}; to go back: "
                + $"{NextCommand.Of(terminal, command, ["rows", "undo", file])}; where it is meant once more, say so "
                + "with another --because, or give the amounts themselves (--value 1500).");
    }

    /// <summary>True of an edit that came to its end, or that another went on with or back from to its end; an undo that was undone itself is none.</summary>
    private static bool IsSettled(UndoFile edit, List<UndoFile> all, IReadOnlyDictionary<string, string> environment) =>
        EditOutcome.IsEnded(edit, environment)
        || all.Where(other => other.Header.Origin.Of == edit.Checksum && other.Checksum != edit.Checksum)
            .Any(other => IsSettled(other, all, environment) && (other.Header.Origin.Kind == EditKind.Resume || !IsUndone(other, all, environment)));

    private static bool IsUndone(UndoFile undo, List<UndoFile> all, IReadOnlyDictionary<string, string> environment) =>
        all.Exists(other => other.Header.Origin is { Kind: EditKind.Undo, Of: var of } && of == undo.Checksum && EditOutcome.IsEnded(other, environment));

    /// <summary>How to change only the rows that were left.</summary>
    /// <param name="setting">The words that say what is changed, each with a blank before it.</param>
    public static string Of(ConsoleContext terminal, ParseResult command, string setting, IReadOnlyList<string> left) =>
        "all others are changed, and the same command would change them once more. To change only what was left"
            + $"{(left.Count > MostNamed ? $" (the first {MostNamed})" : "")}: "
            + NextCommand.Of(terminal, command, ["rows", "set", .. left.Take(MostNamed)], setting);
}
