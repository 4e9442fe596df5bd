using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai status</c>: where budgets of models stand, and which Regions are seen, as the spokes last told.</summary>
internal static class AiStatusCommand
{
    private static readonly TextColumn[] Columns =
    [
        new("ACCOUNT"), new("BUDGET", Shortest: 16), new("USED", Right: true), new("LIMIT", Right: true), new("%", Right: true), new("STATE"),
        new("UNPRICED", Right: true, Goes: 1), new("WINDOW ENDS", Goes: 2), new("MOSTLY", Goes: 3), new("NOTE", Shortest: 12, MostLines: 4),
    ];

    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.AnyAccount("ai status");
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per budget" };
        var command = new Command(
            "status",
            "Show where principals, pools, models and accounts stand with their budgets of models, the loudest first, as each spoke last told, and which "
                + "Regions are seen")
            {
                account,
                json,
                csv,
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("ai status: --json and --csv are two ways to print; give one of them");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account);
            var rows = await ReadAsync(stack, id, cancellation);
            var told = rows.Where(row => row.Ai is not null).ToList();
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(new JsonArray([.. told.Select(Json)]).ToJsonString(JsonOutput.Options));
            else if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(CsvText.Of(Headings, told.SelectMany(CsvCells)));
            else if (told.Count == 0) await terminal.Out.WriteLineAsync(Nothing(id, rows));
            else await WriteAsync(terminal, told);
            foreach (var row in told.Where(row => row.Ai is { Omitted: > 0 }))
                await terminal.Error.WriteLineAsync($"{row.Key}: {Number.Count(row.Ai?.Omitted ?? 0, "budget")} more, the quietest, are not in the report.");
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai status", "budgetsync ai status 111122223333 --json");
    }

    /// <summary>The status of one account, or of all.</summary>
    /// <exception cref="CommandException">There is no such account.</exception>
    public static async Task<IReadOnlyList<StatusRow>> ReadAsync(DeployedStack stack, string? account, CancellationToken cancellation)
    {
        stack.Progress.Now("reading the status table");
        IReadOnlyList<StatusRow> rows = account is null ? await stack.Status.ScanAsync(cancellation)
            : await stack.Status.ReadAsync(account, cancellation) is { } row ? [row]
            : [];
        if (account is not null && rows.Count == 0) await ModelAccounts.DemandAsync(stack, account, cancellation);
        stack.Progress.Now("");
        return [.. rows.Where(row => AccountId.TryParse(row.Key, out _)).OrderBy(row => row.Key, StringComparer.Ordinal)];
    }

    private static async Task WriteAsync(ConsoleContext terminal, IReadOnlyList<StatusRow> told)
    {
        TableScreen.Write(terminal, Columns, [.. told.SelectMany(Cells)]);
        await terminal.Out.WriteLineAsync();
        TableScreen.Write(terminal, AiRegionCells.Columns, [.. told.SelectMany(AiRegionCells.Of)], whole: "--json has");
    }

    private static string Nothing(string? account, IReadOnlyList<StatusRow> rows) =>
        account is null ? "No account has told of its models."
        : rows is [{ Meters: true }] ? $"{account} meters models and has told nothing yet."
        : $"{account} does not meter models.";

    private static IEnumerable<string[]> Cells(StatusRow row) => (row.Ai?.Lines ?? []).Select(line => new[]
    {
        row.Key, line.Subject.Key, Number.Dollars(line.Spent), Number.Dollars(line.Limit), Number.Of(line.Percent), line.State.Name,
        line.UnpricedCalls == 0 ? "" : Number.Of(line.UnpricedCalls), UtcText.Minutes(line.Period.End), line.Mostly, AiNote.Of(line),
    });

    private static readonly string[] Headings =
    [
        "account", "budget", "usedUsd", "limitUsd", "percent", "mode", "state", "calls", "unpricedCalls", "windowStart", "windowEnds", "mostly", "note",
        "uncountedCalls",
    ];

    private static IEnumerable<string?[]> CsvCells(StatusRow row) => (row.Ai?.Lines ?? []).Select(line => new[]
    {
        row.Key, line.Subject.Key, Number.Plain(line.Spent), Number.Plain(line.Limit), Plain(line.Percent), line.Mode.ToString(), line.State.Name,
        Plain(line.Calls), Plain(line.UnpricedCalls), UtcText.Minutes(line.Period.Start), UtcText.Minutes(line.Period.End), line.Mostly, AiNote.Of(line),
        Plain(line.UncountedCalls),
    });

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static JsonNode Json(StatusRow row) => new JsonObject
    {
        ["accountId"] = row.Key,
        ["meters"] = row.Meters,
        ["report"] = row.Ai is { } report ? JsonNode.Parse(AiReportJson.Format(report)) : null,
    };
}
