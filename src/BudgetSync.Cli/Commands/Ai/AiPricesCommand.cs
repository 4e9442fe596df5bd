using System.CommandLine;
using System.Globalization;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai prices</c>: which prices are known, from where and when.</summary>
internal static class AiPricesCommand
{
    private static readonly TextColumn[] Columns =
    [
        new("MODEL"), new("REGION"), new("KIND", Goes: 3), new("INPUT", Right: true), new("OUTPUT", Right: true), new("CACHE READ", Right: true, Goes: 1),
        new("CACHE WRITE", Right: true, Goes: 2), new("READ ON", Goes: 4), new("SOURCE", Goes: 5),
    ];

    public static Command Create(ConsoleContext terminal)
    {
        var prices = PriceFile.Option();
        var json = new Option<bool>("--json") { Description = "Print the list in the form that --prices takes" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per price" };
        var command = new Command(
            "prices",
            "Show the prices of models: USD for a million tokens on demand, each with where and when it was read")
            {
                prices,
                json,
                csv,
                PricesRefreshCommand.Create(terminal),
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("ai prices: --json and --csv are two ways to print; give one of them");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var list = await PriceFile.ReadAsync(parsed.GetValue(prices), cancellation);
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(PriceJson.Of(list.Entries));
            else if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(CsvText.Of(Headings, list.Entries.Select(CsvCells)));
            else TableScreen.Write(terminal, Columns, [.. list.Entries.Select(Cells)]);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai prices", "budgetsync ai prices --json");
    }

    private static readonly string[] Headings = ["model", "region", "kind", "input", "output", "cacheRead", "cacheWrite", "on", "source"];

    private static IEnumerable<string?> CsvCells(PriceEntry entry) =>
    [
        entry.Model, entry.Region, entry.Kind.ToString(), Number.Plain(entry.Input), Number.Plain(entry.Output), Plain(entry.CacheRead),
        Plain(entry.CacheWrite), entry.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), entry.Source,
    ];

    private static string Plain(decimal? price) => price is { } known ? Number.Plain(known) : "";

    private static string[] Cells(PriceEntry entry) =>
    [
        entry.Model, entry.Region, entry.Kind.ToString(), Number.Of(entry.Input), Number.Of(entry.Output), Text(entry.CacheRead), Text(entry.CacheWrite),
        entry.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), entry.Source,
    ];

    private static string Text(decimal? price) => price is { } known ? Number.Of(known) : "-";
}
