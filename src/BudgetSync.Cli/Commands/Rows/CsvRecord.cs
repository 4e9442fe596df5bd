using System.Collections.Immutable;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>One record of a CSV file or a spreadsheet.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>What stands between cells; of a spreadsheet, which has nothing there, what a list in a cell has.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>True where the file ends within the record's line, as one does that was cut off.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The currencies that cells show beside their numbers, by their column from 0, each with the place that shows it.</summary>
    public IReadOnlyDictionary<int, (string Sign, string Place)> Currencies { get; init; } = ImmutableDictionary<int, (string Sign, string Place)>.Empty;
}
