using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>What rows say of models and do not do: a line for each, with the keys of the rows.</summary>
internal static class ModelWarnings
{
    /// <summary>Of a file alone: accounts inherit from its default row.</summary>
    public static ImmutableArray<string> Of(IReadOnlyList<RowEntry> file, StackDefaults defaults)
    {
        var byDefault = file.FirstOrDefault(row => row.Image.Key == "default")?.Image;
        return Of(file.Select(row => row.Image), row => byDefault is null || row.Key == byDefault.Key ? [] : [byDefault], defaults);
    }

    /// <summary>Of the rows that an edit writes, over those above them.</summary>
    public static ImmutableArray<string> Of(RowEdit edit, StackRows rows)
    {
        var then = edit.Then(rows.Table);
        return Of(
            edit.Writes.Select(change => change.After).OfType<RowImage>(),
            row => [.. rows.Above(row.Key).Select(scope => then.GetValueOrDefault(scope.Key)).OfType<RowImage>()],
            rows.Defaults);
    }

    private static ImmutableArray<string> Of(IEnumerable<RowImage> rows, Func<RowImage, IReadOnlyCollection<RowImage>> farther, StackDefaults defaults) =>
        WarningLines.Of(rows.SelectMany(row => RowModels.Warnings(row, farther(row), defaults).Select(text => (row.Key, text))));
}
