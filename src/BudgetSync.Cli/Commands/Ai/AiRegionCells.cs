using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>How models are metered, Region by Region: whose log is read, or that none is and why.</summary>
internal static class AiRegionCells
{
    public static readonly TextColumn[] Columns =
        [new("ACCOUNT"), new("REGION"), new("LOG"), new("LAST RECORD", Goes: 1), new("NOTE", Shortest: 12, MostLines: 4)];

    public static IEnumerable<string[]> Of(StatusRow row) => (row.Ai?.Regions ?? []).Select(region => new[]
    {
        row.Key, region.Name, region.Log.ToString(), region.LastRecordAt is { } last ? UtcText.Minutes(last) : "none yet", Note(region),
    });

    /// <summary>Why nothing is seen, or what of this day is not.</summary>
    private static string Note(AiRegion region) => string.Join("; ", Parts(region));

    private static IEnumerable<string> Parts(AiRegion region)
    {
        if (region.Why.Length > 0) yield return region.Why;
        if (region.DeadLetters is > 0 and var letters) yield return $"{Number.Count(letters, "message")} in Meter's dead-letter queue";
        if (region.UnpricedCalls > 0) yield return $"today {Number.Count(region.UnpricedCalls, "call")} without a price";
        if (region.UncountedCalls > 0) yield return $"today {Number.Count(region.UncountedCalls, "call")} without counted tokens";
        if (region.UnjoinedCalls > 0) yield return $"today {Number.Count(region.UnjoinedCalls, "call")} without a known caller";
        if (region.MantleTokens is > 0 and var tokens) yield return $"Blind of {Number.Count(tokens, "token")} by bedrock-mantle";
    }
}
