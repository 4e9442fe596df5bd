using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>How models are metered, Region by Region: whose log is read, or that none is and why.</summary>
internal static class AiRegionCells
{
    public static readonly TextColumn[] Columns =
        [new("ACCOUNT"), new("REGION"), new("LOG"), new("LAST RECORD", Goes: 1), new("NOTE", Shortest: 12, MostLines: 4)];

    public static IEnumerable<string[]> Of(StatusRow row) => (row.Ai?.Regions ?? []).Select(region => new[]
    {
        row.Key, region.Name, region.Log.ToString(), region.LastRecordAt is { } last ? UtcText.Minutes(last) : "none yet", region.Why,
    });
}
