using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// A change that is relative to what stands there (<c>--value +10%</c>) is made once: the same command again would change once more what the first had changed.
/// </summary>
internal static class RelativeRepetition
{
    private const int MostNamed = 20;

    /// <summary>Refuses the command that the newest edit of this stack was made by, where that was not made to its end.</summary>
    /// <exception cref="CommandException">It was interrupted, and nothing has gone on with it or back.</exception>
    public static void Refuse(DeployedStack stack, ConsoleContext terminal, ParseResult command)
    {
        if (UndoFolder.Newest(terminal.Environment, header => header.IsOf(stack)) is not { } newest
            || newest.Header.Command != EditRun.Typed(terminal, command)
            || EditOutcome.Of(newest, terminal.Environment) >= newest.Header.Rows) return;
        var file = NextCommand.PathOf(newest.Path);
        throw new CommandException(
            $"this very command was made at {newest.Header.ChangedAt} and did not come to its end ({EditOutcome.Counts(newest, terminal.Environment)}), so to "
                + $"make it again would change twice what it had changed. Nothing was written. To go on with it: "
                + $"{NextCommand.Of(terminal, command, ["rows", "resume", file])}; to go back: {NextCommand.Of(terminal, command, ["rows", "undo", file])}; "
                + "where it is meant once more, say so with another --because.");
    }

    /// <summary>How to change only the rows that were left.</summary>
    /// <param name="setting">The words that say what is changed, each with a blank before it.</param>
    public static string Of(ConsoleContext terminal, ParseResult command, string setting, IReadOnlyList<string> left) =>
        "all others are changed, and the same command would change them once more. To change only what was left"
            + $"{(left.Count > MostNamed ? $" (the first {MostNamed})" : "")}: "
            + NextCommand.Of(terminal, command, ["rows", "set", .. left.Take(MostNamed)], setting);
}
