using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// Which rows are an edit's: those it wrote, those that edits which went on with it or back wrote, and those of its own that an undo of a later edit put back.
/// </summary>
/// <param name="all">The edits of the folder.</param>
internal sealed class EditAuthorship(UndoFile edit, IReadOnlyList<UndoFile> all)
{
    private readonly HashSet<(string By, string At)> chain = [.. Chain(edit, all).Select(Of)];
    private readonly Dictionary<string, IReadOnlyDictionary<string, RowImage?>> before = new(StringComparer.Ordinal);

    public bool Wrote(RowImage row)
    {
        var (by, at, _) = RowProvenance.Of(row);
        var seen = new HashSet<(string By, string At)>();
        while (!chain.Contains((by, at)))
        {
            // An undo puts its own name on what another edit had left there.
            if (!seen.Add((by, at))
                || all.FirstOrDefault(other => other.Header.Origin.Kind == EditKind.Undo && Of(other) == (by, at)) is not { } undo
                || all.FirstOrDefault(other => other.Checksum == undo.Header.Origin.Of) is not { } undone
                || Before(undone).GetValueOrDefault(row.Key) is not { } earlier) return false;
            (by, at, _) = RowProvenance.Of(earlier);
        }

        return true;
    }

    private IReadOnlyDictionary<string, RowImage?> Before(UndoFile file)
    {
        if (!before.TryGetValue(file.Checksum, out var rows))
            before[file.Checksum] = rows = file.Rows().ToDictionary(row => (row.Before ?? row.After)?.Key ?? "", row => row.Before, StringComparer.Ordinal);
        return rows;
    }

    private static (string By, string At) Of(UndoFile file) => (file.Header.ChangedBy, file.Header.ChangedAt);

    private static List<UndoFile> Chain(UndoFile edit, IReadOnlyList<UndoFile> all)
    {
        var chain = new List<UndoFile> { edit };
        for (var index = 0; index < chain.Count; index++)
        {
            var of = chain[index].Checksum;
            chain.AddRange(all.Where(other => other.Header.Origin.Of == of && chain.TrueForAll(known => known.Checksum != other.Checksum)));
        }

        return chain;
    }
}
