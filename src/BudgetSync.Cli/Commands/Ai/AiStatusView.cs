using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>Where budgets of models stand, as people and scripts read it.</summary>
internal static class AiStatusView
{
    private static readonly TextColumn[] Columns =
    [
        new("ACCOUNT"), new("BUDGET", Shortest: 16), new("USED", Right: true), new("LIMIT", Right: true), new("%", Right: true), new("STATE"),
        new("UNPRICED", Right: true, Goes: 1), new("WINDOW ENDS", Goes: 2), new("MOSTLY", Goes: 3), new("NOTE", Shortest: 12, MostLines: 4),
    ];

    public static void Write(ConsoleContext terminal, IReadOnlyList<StatusRow> told, IReadOnlyDictionary<string, SuspensionBounds> bounds)
    {
        TableScreen.Write(terminal, Columns, [.. told.SelectMany(row => Cells(row, bounds[row.Key]))]);
        terminal.WriteFolded(AsOf(told));
        terminal.Out.WriteLine();
        TableScreen.Write(terminal, AiRegionCells.Columns, [.. told.SelectMany(AiRegionCells.Of)], whole: "--json has");
    }

    /// <summary>A spoke tells at each change and else hourly, so amounts may be older than the calls that somebody has just made.</summary>
    private static string AsOf(IReadOnlyList<StatusRow> told)
    {
        var times = told.Select(row => row.Ai?.At).OfType<DateTimeOffset>().ToList();
        var (first, last) = (UtcText.Minutes(times.Min()), UtcText.Minutes(times.Max()));
        var spokes = told.Count == 1 ? "the spoke" : "the spokes";
        return $"As of {first}{(first == last ? "" : $" to {last}")}, as {spokes} last told: at each change of a state, else hourly.";
    }

    private static IEnumerable<string[]> Cells(StatusRow row, SuspensionBounds bounds) => (row.Ai?.Lines ?? []).Select(line => new[]
    {
        row.Key, line.Subject.Key, Number.Dollars(line.Spent), Number.Dollars(line.Limit), Number.Of(line.Percent), line.StateName,
        line.UnpricedCalls == 0 ? "" : Number.Of(line.UnpricedCalls), UtcText.Minutes(line.Period.End), line.Mostly, AiNote.Of(line, bounds),
    });

    public static string Csv(IEnumerable<StatusRow> told, IReadOnlyDictionary<string, SuspensionBounds> bounds) =>
        CsvText.Of(Headings, told.SelectMany(row => CsvCells(row, bounds[row.Key])));

    private static readonly string[] Headings =
    [
        "account", "budget", "usedUsd", "limitUsd", "percent", "mode", "state", "calls", "unpricedCalls", "windowStart", "windowEnds", "mostly", "note",
        "uncountedCalls", "asOf",
    ];

    private static IEnumerable<string?[]> CsvCells(StatusRow row, SuspensionBounds bounds) => (row.Ai?.Lines ?? []).Select(line => new[]
    {
        row.Key, line.Subject.Key, Number.Plain(line.Spent), Number.Plain(line.Limit), Plain(line.Percent), line.Mode.ToString(), line.StateName,
        Plain(line.Calls), Plain(line.UnpricedCalls), UtcText.Minutes(line.Period.Start), UtcText.Minutes(line.Period.End), line.Mostly,
        AiNote.Of(line, bounds),
        Plain(line.UncountedCalls), row.Ai is { } report ? UtcText.Seconds(report.At) : "",
    });

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);

    public static string Json(IEnumerable<StatusRow> told, IReadOnlyDictionary<string, SuspensionBounds> bounds, StoppedResponses? stopped) =>
        new JsonArray([.. told.Select(row => Json(row, bounds[row.Key], stopped))]).ToJsonString(JsonOutput.Options);

    private static JsonObject Json(StatusRow row, SuspensionBounds bounds, StoppedResponses? stopped)
    {
        var json = new JsonObject
        {
            ["accountId"] = row.Key,
            ["meters"] = row.Meters,
            ["report"] = row.Ai is { } report ? JsonNode.Parse(AiReportJson.Format(report)) : null,
        };
        if (bounds.SnoozedThrough is { } day) (json["snoozedThrough"], json["snoozedBy"]) = (DayText.Format(day), bounds.SnoozedBy);
        if (row.AiNotCarried.Length > 0) json["notCarried"] = row.AiNotCarried;
        if (stopped is not null) json["stopped"] = stopped.Copy();
        return json;
    }
}
