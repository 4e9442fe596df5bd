using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>What rows say of models and do not do: a line for each, with the keys of the rows.</summary>
internal static class ModelWarnings
{
    private const int MostKeys = 3;

    private const int MostLines = 20;

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

    private static ImmutableArray<string> Of(IEnumerable<RowImage> rows, Func<RowImage, IReadOnlyCollection<RowImage>> farther, StackDefaults defaults)
    {
        var lines = rows.SelectMany(row => RowModels.Warnings(row, farther(row), defaults).Select(text => (row.Key, Text: text)))
            .GroupBy(warning => warning.Text, warning => warning.Key, StringComparer.Ordinal)
            .Select(group => $"{Keys([.. group.Distinct(StringComparer.Ordinal)])}: {group.Key}")
            .ToList();
        return lines.Count <= MostLines ? [.. lines] : [.. lines.Take(MostLines), $"{Number.Of(lines.Count - MostLines)} more of this kind"];
    }

    private static string Keys(IReadOnlyList<string> keys) =>
        $"{string.Join(", ", keys.Take(MostKeys))}{(keys.Count > MostKeys ? $" and {Number.Count(keys.Count - MostKeys, "row")} more" : "")}";
}
