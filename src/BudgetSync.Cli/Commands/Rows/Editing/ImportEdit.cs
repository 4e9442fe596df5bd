using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>The edit that makes a table say what a file says.</summary>
internal static class ImportEdit
{
    /// <param name="prune">Rows that the file does not have go.</param>
    /// <param name="merge">Attributes that the file has no column for stay.</param>
    public static RowEdit Of(IReadOnlyList<RowEntry> file, StackRows rows, bool prune = false, bool merge = false) => RowEdit.Of(
        [.. file.Select(entry => new WantedRow(entry.Image.Key, entry.Image, entry.Position, [.. entry.Problems]))],
        rows.Table,
        prune,
        rows.Judge,
        merge ? UnnamedAttributes.Stay : UnnamedAttributes.OwnStay,
        file.SelectMany(entry => entry.Columns).Distinct(StringComparer.Ordinal));
}
