using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Local.TimeLapse;
using BudgetSync.Cli.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Commands.Local.Models;

/// <summary>A moment of <c>local --ai</c> as people see it, and as <c>--json</c> prints the last one.</summary>
internal static class ModelsTable
{
    private const int StoryLines = 9;

    private static readonly LapseColumn<ModelsRow>[] All =
    [
        new("Budget", row => row.Budget),
        new("Spent $", row => Number.Dollars(decimal.Round(row.Spent, 2)), IsNumber: true),
        new("Limit $", row => Number.Dollars(row.Limit), IsNumber: true),
        new("%", row => row.Percent.ToString("0", CultureInfo.InvariantCulture), IsNumber: true, IsColoured: true),
        new("of the limit", row => LapseColumn.Bar(row.Percent), IsColoured: true),
        new("State", row => row.State, IsColoured: true),
        new("until", row => row.Until),
        new("Calls", row => row.Calls is { } calls ? Number.Of(calls) : "", IsNumber: true),
        new("refused", row => row.Refused is > 0 and var refused ? Number.Of(refused) : "", IsNumber: true),
        new("in IAM", row => row.InIam),
    ];

    /// <summary>What goes first where a screen is too narrow: what another column says as well.</summary>
    private static readonly string[] FirstToGo = ["of the limit", "Calls", "Limit $"];

    /// <param name="story">What has happened, of which the last is shown.</param>
    public static IRenderable Render(DateTimeOffset now, IReadOnlyList<ModelsRow> rows, int width, IReadOnlyList<string> story)
    {
        var columns = LapseColumn.Fitting(All, FirstToGo, rows, width);
        var below = new List<IRenderable> { new Text(LapseTable.Moment(now)), LapseColumn.Table(columns, rows, row => row.Percent) };
        below.AddRange(story.TakeLast(StoryLines).Select(line => new Text(line) { Overflow = Overflow.Ellipsis }));
        return new Spectre.Console.Rows(below);
    }

    public static string Json(IReadOnlyList<ModelsRow> rows) => new JsonArray([.. rows.Select(row => new JsonObject
    {
        ["accountId"] = ShownModels.Account,
        ["budget"] = row.Budget,
        ["spent"] = row.Spent,
        ["limit"] = row.Limit,
        ["unit"] = "USD",
        ["percent"] = decimal.Round(row.Percent, 1),
        ["state"] = row.State,
        ["until"] = row.Until,
        ["calls"] = row.Calls,
        ["refused"] = row.Refused,
        ["inIam"] = row.InIam,
    })]).ToJsonString(JsonOutput.Options);
}
