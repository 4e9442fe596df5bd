using System.Text.Json;

namespace BudgetSync.Core.Ai.Offers;

/// <summary>
/// SKUs of the offer AmazonBedrockFoundationModels: the model only in <c>servicename</c> <c>Claude Opus 4.5 (Amazon Bedrock Edition)</c>, what is counted only
/// in <c>usagetype</c> <c>USE1-MP:USE1_InputTokenCount-Units</c>, and prices for a million tokens, whose unit is <c>Units</c>.
/// </summary>
internal static class MarketplaceOffer
{
    private const string Edition = " (Amazon Bedrock Edition)";

    private const string Prefix = "-MP:";

    private const string Suffix = "-Units";

    /// <summary>
    /// The two spellings there are, older and newer. Whole, because <c>CacheWrite1hInputTokenCount</c> ends as plain input does and costs something else.
    /// </summary>
    private static readonly Dictionary<string, (ModelKind Kind, TokenKind Tokens)> Usages = new(StringComparer.Ordinal)
    {
        ["InputTokenCount"] = (ModelKind.Regional, TokenKind.Input),
        ["OutputTokenCount"] = (ModelKind.Regional, TokenKind.Output),
        ["CacheReadInputTokenCount"] = (ModelKind.Regional, TokenKind.CacheRead),
        ["CacheWriteInputTokenCount"] = (ModelKind.Regional, TokenKind.CacheWrite),
        ["InputTokenCount_Global"] = (ModelKind.Global, TokenKind.Input),
        ["OutputTokenCount_Global"] = (ModelKind.Global, TokenKind.Output),
        ["CacheReadInputTokenCount_Global"] = (ModelKind.Global, TokenKind.CacheRead),
        ["CacheWriteInputTokenCount_Global"] = (ModelKind.Global, TokenKind.CacheWrite),
        ["input_tokens_standard"] = (ModelKind.Regional, TokenKind.Input),
        ["output_tokens_standard"] = (ModelKind.Regional, TokenKind.Output),
        ["cache_read_tokens_standard"] = (ModelKind.Regional, TokenKind.CacheRead),
        ["cache_write_tokens_standard"] = (ModelKind.Regional, TokenKind.CacheWrite),
        ["input_tokens_global_standard"] = (ModelKind.Global, TokenKind.Input),
        ["output_tokens_global_standard"] = (ModelKind.Global, TokenKind.Output),
        ["cache_read_tokens_global_standard"] = (ModelKind.Global, TokenKind.CacheRead),
        ["cache_write_tokens_global_standard"] = (ModelKind.Global, TokenKind.CacheWrite),
    };

    public static (string Name, ModelKind Kind, TokenKind Tokens)? Read(JsonElement attributes, out string why)
    {
        why = "no name of a Bedrock edition";
        if (OfferReader.Text(attributes, "servicename") is not { } service || !service.EndsWith(Edition, StringComparison.Ordinal)) return null;
        var usage = OfferReader.Text(attributes, "usagetype") ?? "";
        why = "usage type of another form";
        var of = usage.IndexOf(Prefix, StringComparison.Ordinal);
        if (of < 0 || !usage.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        // USE1-MP:USE1_InputTokenCount-Units: the place stands twice, and what is counted after it.
        var rest = usage[(of + Prefix.Length)..^Suffix.Length];
        var place = usage[..of] + "_";
        if (!rest.StartsWith(place, StringComparison.Ordinal)) return null;
        why = $"usage type {rest[place.Length..]}";
        return Usages.TryGetValue(rest[place.Length..], out var found) ? (service[..^Edition.Length].Trim(), found.Kind, found.Tokens) : null;
    }

    /// <summary>
    /// The unit says nothing; that prices are for a million the description says of most. One that says a thousand contradicts it, and is not believed either
    /// way.
    /// </summary>
    public static decimal? Scale(string unit, string description) =>
        unit is "Units" or "1M tokens"
        && !description.Contains("thousand", StringComparison.OrdinalIgnoreCase)
        && !description.Contains("1K", StringComparison.OrdinalIgnoreCase)
            ? 1
            : null;
}
