using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>Usages of models as people and scripts read them.</summary>
internal static class ModelUsageView
{
    /// <summary>More than any id needs: what is cut names nobody.</summary>
    private const int MostLines = 12;

    private static readonly TextColumn[] Columns =
    [
        new("ACCOUNT"), new("PRINCIPAL", Shortest: 16, MostLines: MostLines), new("MODEL", Shortest: 16, MostLines: MostLines), new("KIND", Goes: 4),
        new("REGION", Goes: 2), new("CALLS", Right: true, Goes: 1), new("TOKENS", Right: true, Goes: 3), new("USD", Right: true), new("UNPRICED", Right: true),
    ];

    public static void Write(ConsoleContext terminal, ImmutableArray<ModelUsage> usages)
    {
        if (usages.IsEmpty) return;
        // A column that has nothing to say of any line only takes room.
        var counted = usages.All(usage => usage.UncountedCalls == 0);
        TableScreen.Write(
            terminal,
            counted ? Columns : [.. Columns, new("UNCOUNTED", Right: true)],
            [.. usages.Select(usage => counted ? Cells(usage) : [.. Cells(usage), usage.UncountedCalls == 0 ? "" : Number.Of(usage.UncountedCalls)])]);
        terminal.Out.WriteLine($"{Number.Count(usages.Sum(usage => usage.Calls), "call")}, {Number.Dollars(usages.Sum(usage => usage.Cost))} USD.");
    }

    /// <summary>What could not be counted, and what to do about it.</summary>
    public static void Tell(ConsoleContext terminal, ImmutableArray<ModelUsage> usages, long doubles, long unread)
    {
        if (usages.IsEmpty) terminal.TellFolded("No record of the model invocation log was read.", indent: 2);
        if (doubles > 0) terminal.TellFolded($"{Number.Count(doubles, "record")} of requests that had been counted were left out.", indent: 2);
        if (unread > 0) terminal.TellFolded($"{Number.Count(unread, "record")} could not be read and are not in the sums.", indent: 2);
        if (usages.Sum(usage => usage.UncountedCalls) is > 0 and var uncounted)
        {
            var which = usages.Where(usage => usage.UncountedCalls > 0).Select(usage => usage.Model.Id).Distinct(StringComparer.Ordinal).ToList();
            var more = which.Count > 5 ? $" and {Number.Of(which.Count - 5)} more" : "";
            terminal.TellFolded(
                Printable.Line($"{Number.Count(uncounted, "call")} without counted tokens, as the log writes images and video: the sum of USD has not what "
                    + $"they cost, or not all of it: {string.Join(", ", which.Take(5))}{more}."),
                indent: 2);
        }

        var unpriced = usages.Where(usage => usage.UnpricedCalls > 0).ToList();
        if (unpriced.Count == 0) return;
        var models = unpriced.SelectMany(usage => usage.Missing.Select(why => $"{usage.Model.Id} in {usage.Region} ({why})"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        terminal.TellFolded(
            Printable.Line($"{Number.Count(unpriced.Sum(usage => usage.UnpricedCalls), "call")} without a price, which are in no sum of USD: "
                + $"{string.Join(", ", models.Take(5))}{(models.Count > 5 ? $" and {Number.Of(models.Count - 5)} more" : "")}. Give their prices with "
                + $"--prices FILE; "
                + "'budgetsync ai prices --json' prints the form."),
            indent: 2);
    }

    public static string Csv(ImmutableArray<ModelUsage> usages) => CsvText.Of(
        [
            "account", "principal", "region", "model", "calls", "inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens", "usd", "unpricedCalls",
            "modelKind", "missing", "uncountedCalls",
        ],
        usages.Select(usage => new[]
        {
            usage.Account.Value,
            usage.Principal.Name,
            usage.Region,
            usage.Model.Id,
            Plain(usage.Calls),
            Plain(usage.Tokens.Input),
            Plain(usage.Tokens.CacheRead),
            Plain(usage.Tokens.CacheWrite),
            Plain(usage.Tokens.Output),
            usage.IsUnpriced ? "" : Number.Plain(usage.Cost),
            Plain(usage.UnpricedCalls),
            usage.Model.Kind.ToString(),
            string.Join("; ", usage.Missing),
            Plain(usage.UncountedCalls),
        }));

    public static string Json(ImmutableArray<ModelUsage> usages, long doubles, long unread) => new JsonObject
    {
        ["usages"] = new JsonArray([.. usages.Select(usage => new JsonObject
        {
            ["accountId"] = usage.Account.Value,
            ["principal"] = usage.Principal.Name,
            ["kind"] = usage.Principal.Kind.ToString(),
            ["region"] = usage.Region,
            ["model"] = usage.Model.Id,
            ["calls"] = usage.Calls,
            ["inputTokens"] = usage.Tokens.Input,
            ["cacheReadTokens"] = usage.Tokens.CacheRead,
            ["cacheWriteTokens"] = usage.Tokens.CacheWrite,
            ["outputTokens"] = usage.Tokens.Output,
            ["usd"] = usage.IsUnpriced ? null : usage.Cost,
            ["unpricedCalls"] = usage.UnpricedCalls,
            ["uncountedCalls"] = usage.UncountedCalls,
            ["modelKind"] = usage.Model.Kind.ToString(),
            ["missing"] = new JsonArray([.. usage.Missing.Select(why => JsonValue.Create(why))]),
        })]),
        ["doubles"] = doubles,
        ["unread"] = unread,
    }.ToJsonString(JsonOutput.Options);

    private static string[] Cells(ModelUsage usage) =>
    [
        usage.Account.Value, usage.Principal.Name, usage.Model.Id, usage.Model.Kind.ToString(), usage.Region, Number.Of(usage.Calls),
        Number.Of(usage.Tokens.All),
        // Of calls whose tokens nothing counts, it is not known what they cost: 0.00 would say that it is nothing.
        usage.IsUnpriced || (usage.Cost == 0 && usage.UncountedCalls > 0) ? "-" : Number.Dollars(usage.Cost),
        usage.UnpricedCalls == 0 ? "" : Number.Of(usage.UnpricedCalls),
    ];

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);
}
