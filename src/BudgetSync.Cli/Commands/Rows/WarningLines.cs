using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>What is to be said of rows without rejecting them: a line for each thing, with the keys of the rows that it is said of.</summary>
internal static class WarningLines
{
    private const int MostKeys = 3;

    private const int MostLines = 20;

    /// <returns>For example <c>222222222201, 222222222202: Responses[0].Until: 2020-01-01 is over, …</c>.</returns>
    public static ImmutableArray<string> Of(IEnumerable<(string Key, string Text)> warnings)
    {
        var lines = warnings
            .GroupBy(warning => warning.Text, warning => warning.Key, StringComparer.Ordinal)
            .Select(group => $"{Keys([.. group.Distinct(StringComparer.Ordinal)])}: {group.Key}")
            .ToList();
        return lines.Count <= MostLines ? [.. lines] : [.. lines.Take(MostLines), $"{Number.Of(lines.Count - MostLines)} more of this kind"];
    }

    private static string Keys(IReadOnlyList<string> keys) =>
        $"{string.Join(", ", keys.Take(MostKeys))}{(keys.Count > MostKeys ? $" and {Number.Count(keys.Count - MostKeys, "row")} more" : "")}";
}
