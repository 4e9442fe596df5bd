using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// The newest edit of a stack made on this machine, where that did not come to its end: the same command again writes what it had left, and together they are
/// the edit that a person means and takes back.
/// </summary>
/// <param name="First">The edit that was interrupted; where others went on with it and were interrupted too, the first of them.</param>
/// <param name="IsContinued">True where the new edit writes some of those rows, each as it was to become, and no other.</param>
internal sealed record InterruptedEdit(UndoFile First, bool IsContinued)
{
    /// <returns>Null where the newest edit came to its end, or wrote nothing that stands now.</returns>
    public static InterruptedEdit? Before(DeployedStack stack, ConsoleContext terminal, RowEdit edit, StackRows rows)
    {
        if (UndoFolder.Newest(terminal.Environment, header => header.IsOf(stack)) is not { } newest
            || EditOutcome.IsEnded(newest, terminal.Environment)) return null;
        var first = newest.Header.Origin.Kind == EditKind.Resume ? UndoFolder.First(newest, UndoFolder.All(terminal.Environment)) : newest;
        // To go on with an undo is another thing than to make an edit.
        if (first.Header.Origin.Kind != EditKind.Edit) return null;
        var planned = first.Rows().ToDictionary(row => (row.Before ?? row.After)?.Key ?? "", StringComparer.Ordinal);
        if (!planned.Any(row => RowEquivalence.SameRow(row.Value.After, rows.ByKey.GetValueOrDefault(row.Key)))) return null;
        return new(
            first,
            edit.Writes.All(change => planned.TryGetValue(change.Key, out var row)
                && RowEquivalence.SameRow(row.Before, change.Before)
                && RowEquivalence.SameRow(row.After, change.After)));
    }

    /// <summary>What a person has to know before more is written.</summary>
    /// <param name="undo">The command that takes the first edit back.</param>
    public string Told(string undo) => Printable.Line(
        $"The edit of {First.Header.ChangedAt} ({First.Header.Command}) did not come to its end. "
            + (IsContinued ? "This goes on with it: one 'rows undo' takes back both." : $"This is another one: what that had written is taken back by {undo}"));
}
