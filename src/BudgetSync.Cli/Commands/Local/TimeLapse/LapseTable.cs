using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Spend;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>A moment of a time lapse as people see it, and as <c>--json</c> prints the last one.</summary>
internal static class LapseTable
{
    /// <summary>Lines of the screen that the frame, the moment and the sum take.</summary>
    private const int FrameLines = 9;

    private const int StoryLines = 8;

    /// <summary>A screen shorter than that scrolls.</summary>
    private const int FewestLines = 5;

    /// <param name="width">Columns of the screen.</param>
    /// <param name="height">Lines of the screen; null shows all rows.</param>
    /// <param name="story">What has happened, of which the last is shown.</param>
    public static IRenderable Render(DateTimeOffset now, IReadOnlyList<LapseRow> rows, int width, int? height, IReadOnlyList<string>? story = null)
    {
        var told = (story ?? []).TakeLast(StoryLines).ToList();
        var lines = height is { } known ? Math.Max(FewestLines, known - FrameLines - told.Count) : int.MaxValue;
        var shown = rows.Count <= lines ? rows : [.. rows.OrderByDescending(row => row.Percent ?? -1).Take(lines)];
        var table = LapseColumn.Table(LapseColumns.Fitting(rows, width), shown, row => row.Percent);
        var below = new List<IRenderable> { new Text(Moment(now)), table };
        if (shown.Count < rows.Count) below.Add(new Text($"… and {Number.Of(rows.Count - shown.Count)} more, further from their limits"));
        below.Add(new Text(Sum(rows)));
        below.AddRange(Words(rows).Select(line => new Text(line)));
        below.AddRange(told.Select(line => new Text(line) { Overflow = Overflow.Ellipsis }));
        return new Spectre.Console.Rows(below);
    }

    /// <summary>For example <c>2026-05-14 06:00 UTC</c>.</summary>
    public static string Moment(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How many budgets are in which state, and what was sent.</summary>
    public static string Sum(IReadOnlyList<LapseRow> rows)
    {
        var states = rows.GroupBy(row => row.State.Length == 0 ? "not reported" : row.State, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{Number.Of(group.Count())} {group.Key}");
        return $"{Number.Count(rows.Count, "budget")}: {string.Join(", ", states)}; {Number.Count(rows.Sum(row => row.Alerts), "alert")}";
    }

    /// <summary>What words of the table mean that do not say it themselves.</summary>
    private static IEnumerable<string> Words(IReadOnlyList<LapseRow> rows)
    {
        if (rows.Any(row => row.State == nameof(SpendState.Unknown))) yield return "Unknown: AWS has not computed the budget's period yet.";
        if (rows.Any(row => row.Response.Length > 0))
            yield return "Response: InForce is stopped, Lifted is given back; Runs: what runs of an instance and a group of two.";
    }

    public static string Json(IReadOnlyList<LapseRow> rows) => new JsonArray([.. rows.Select(row => new JsonObject
    {
        ["accountId"] = row.AccountId,
        ["budget"] = row.Budget,
        ["limit"] = row.Limit,
        ["unit"] = row.Unit,
        ["spent"] = row.Spent,
        ["forecast"] = row.Forecast,
        ["percent"] = row.Percent is { } percent ? decimal.Round(percent, 1) : null,
        ["state"] = row.State,
        ["alerts"] = row.Alerts,
        ["actions"] = row.Actions,
        ["running"] = row.Running,
        ["response"] = row.Response,
    })]).ToJsonString(JsonOutput.Options);
}
