using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Ai.Offers;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai prices refresh</c>: what AWS's offer files say of the list of prices.</summary>
internal static class PricesRefreshCommand
{
    private static readonly TextColumn[] Columns =
    [
        new("MODEL"), new("REGION"), new("KIND", Goes: 3), new("INPUT", Right: true), new("OUTPUT", Right: true), new("CACHE READ", Right: true, Goes: 1),
        new("CACHE WRITE", Right: true, Goes: 2),
    ];

    public static Command Create(ConsoleContext terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "index.json of AWS's offers AmazonBedrock and AmazonBedrockFoundationModels, a file or its https address, or what "
                + "'aws bedrock list-foundation-models' prints",
            Arity = ArgumentArity.OneOrMore,
        };
        var prices = PriceFile.Option();
        var write = new Option<string?>("--write") { Description = "Write the list as it would be into this file, which --prices takes", HelpName = "FILE" };
        var large = new Option<bool>("--allow-large")
        {
            Description = "Take also prices that are ten times what they were, or a tenth, and older ones than the list has"
        };
        var json = new Option<bool>("--json") { Description = "Print an object with the changes and what was left out" };
        var command = new Command(
            "refresh",
            "Show what AWS's offer files change in the list of prices, or write it. What is not sure is left out and told. Exit 2 where something would change")
            {
                files,
                prices,
                write,
                large,
                json,
            };
        command.SetAction(async (parsed, cancellation) =>
        {
            var before = await PriceFile.ReadAsync(parsed.GetValue(prices), cancellation);
            var (offers, names) = (new List<OfferFile>(), ModelNames.BuiltIn());
            foreach (var path in parsed.GetRequiredValue(files)) await ReadAsync(path, terminal, offers, names, cancellation);
            if (offers.Count == 0)
                throw new CommandException("none of the files is an offer file; give index.json of AmazonBedrock or of AmazonBedrockFoundationModels.");
            var refresh = PriceRefresh.Of(before, offers, names, parsed.GetValue(large));
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(Json(refresh, offers));
            else Write(terminal, refresh);
            Tell(terminal, refresh, offers);
            if (parsed.GetValue(write) is not { } target) return refresh.Changes.IsEmpty ? ExitCode.Done : ExitCode.Differences;
            await WriteAsync(target, refresh, cancellation);
            terminal.TellFolded(Printable.Line($"{Number.Count(refresh.Entries.Length, "price")} written to {target}; give it with --prices."), indent: 2);
            return ExitCode.Done;
        });
        return command.WithExamples(
            "budgetsync ai prices refresh bedrock.json foundation-models.json",
            "budgetsync ai prices refresh bedrock.json names.json --prices prices.json --write prices.json");
    }

    private static async Task ReadAsync(string path, ConsoleContext terminal, List<OfferFile> offers, ModelNames names, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(await PriceDocument.ReadAsync(path, cancellation), Once);
            if (ModelNames.IsAnswer(document.RootElement))
            {
                names.Add(document.RootElement);
                return;
            }

            var offer = OfferReader.Read(document.RootElement);
            // Of what says that it is of a later day nothing would be newer, and no refresh would come after it.
            if (offer.On > DateOnly.FromDateTime(terminal.Time.GetUtcNow().UtcDateTime).AddDays(1))
                throw new FormatException($"its publicationDate is {DayText.Format(offer.On)}, which has not come");
            offers.Add(offer);
        }
        catch (JsonException exception)
        {
            throw new CommandException(Printable.Line($"{path}: is no JSON: {exception.Message}"));
        }
        catch (FormatException exception)
        {
            throw new CommandException(Printable.Line($"{path}: {exception.Message}."));
        }
    }

    /// <summary>Of a name that stands twice in an object a reader would keep one and not say so.</summary>
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    /// <summary>What it writes is read back first: a list that --prices refuses would be found out later.</summary>
    private static async Task WriteAsync(string path, PriceRefresh refresh, CancellationToken cancellation)
    {
        var text = PriceJson.Of(refresh.Entries) + "\n";
        _ = PriceList.Parse(text);
        try
        {
            await WholeFile.WriteAsync(path, Encoding.UTF8.GetBytes(text), overwrite: true, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path}: cannot be written: {exception.Message}");
        }
    }

    private static void Write(ConsoleContext terminal, PriceRefresh refresh)
    {
        if (refresh.Changes.IsEmpty) terminal.Out.WriteLine("The files change no price.");
        else TableScreen.Write(terminal, Columns, [.. refresh.Changes.Select(Cells)], whole: "--json has");
    }

    private static void Tell(ConsoleContext terminal, PriceRefresh refresh, IReadOnlyList<OfferFile> offers)
    {
        foreach (var line in refresh.Told) terminal.TellFolded(Printable.Line($"Left out: {line}."), indent: 2);
        foreach (var file in offers.Where(file => !file.LeftOut.IsEmpty))
        {
            var most = file.LeftOut.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToList();
            var told = string.Join(", ", most.Take(8).Select(entry => $"{Number.Of(entry.Value)} of {entry.Key}"));
            var more = most.Count > 8 ? $", and {Number.Of(most.Count - 8)} kinds more (--json has all)" : "";
            terminal.TellFolded(Printable.Line($"{file.Code}: {Number.Count(most.Sum(entry => entry.Value), "price")} left out: {told}{more}."), indent: 2);
        }
    }

    private static string[] Cells(PriceChange change) =>
    [
        change.After.Model, change.After.Region, change.After.Kind.ToString(),
        Text(change, entry => entry.Input), Text(change, entry => entry.Output), Text(change, entry => entry.CacheRead),
        Text(change, entry => entry.CacheWrite),
    ];

    /// <summary><c>3.2 -> 4</c>; of a new one the price alone.</summary>
    private static string Text(PriceChange change, Func<PriceEntry, decimal?> of)
    {
        var after = Price(of(change.After));
        return change.Before is null || of(change.Before) == of(change.After) ? after : $"{Price(of(change.Before))} -> {after}";
    }

    private static string Price(decimal? usd) => usd is { } known ? Number.Of(known) : "-";

    private static string Json(PriceRefresh refresh, IReadOnlyList<OfferFile> offers) => new JsonObject
    {
        ["changes"] = new JsonArray([.. refresh.Changes.Select(change => (JsonNode)new JsonObject
        {
            ["before"] = change.Before is { } before ? PriceJson.Of(before) : null,
            ["after"] = PriceJson.Of(change.After),
        })]),
        ["told"] = new JsonArray([.. refresh.Told.Select(line => JsonValue.Create(line))]),
        ["files"] = new JsonArray([.. offers.Select(file => (JsonNode)new JsonObject
        {
            ["code"] = file.Code,
            ["version"] = file.Version,
            ["on"] = file.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["prices"] = file.Rates.Length,
            ["leftOut"] = new JsonObject(file.LeftOut.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(entry.Value)))),
        })]),
    }.ToJsonString(JsonOutput.Options);
}
