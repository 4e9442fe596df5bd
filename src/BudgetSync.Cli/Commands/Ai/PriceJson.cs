using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>Prices in the form that <c>--prices</c> takes.</summary>
internal static class PriceJson
{
    public static string Of(IEnumerable<PriceEntry> entries) =>
        new JsonArray([.. entries.Select(entry => (JsonNode)Of(entry))]).ToJsonString(JsonOutput.Options);

    public static JsonObject Of(PriceEntry entry)
    {
        var item = new JsonObject
        {
            ["model"] = entry.Model,
            ["region"] = entry.Region,
            ["kind"] = entry.Kind.ToString(),
            ["input"] = entry.Input,
            ["output"] = entry.Output,
        };
        if (entry.CacheRead is { } read) item["cacheRead"] = read;
        if (entry.CacheWrite is { } write) item["cacheWrite"] = write;
        item["source"] = entry.Source;
        item["on"] = entry.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return item;
    }
}
