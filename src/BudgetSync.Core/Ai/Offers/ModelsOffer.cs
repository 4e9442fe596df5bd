using System.Text.Json;

namespace BudgetSync.Core.Ai.Offers;

/// <summary>
/// SKUs of the offer AmazonBedrock: <c>model</c>, <c>feature</c> <c>On-demand Inference</c>, <c>inferenceType</c>, and prices for 1K tokens, of newer ones for
/// 1M. What tells other prices apart stands now here, now there: in <c>service_tier</c>, at the end of <c>inferenceType</c>, or in <c>usagetype</c> alone.
/// </summary>
internal static class ModelsOffer
{
    private const string GlobalUsage = "-cross-region-global";

    /// <summary>Words of a usage type that make it another price than that of plain tokens on demand.</summary>
    private static readonly string[] Others =
        ["batch", "flex", "priority", "latency", "provisioned", "reserved", "custom", "mantle", "long-context", "longcontext", "1h", "1-hour", "grounding"];

    public static (string Name, ModelKind Kind, TokenKind Tokens)? Read(JsonElement attributes, out string why)
    {
        var (feature, special) = (OfferReader.Text(attributes, "feature"), OfferReader.Text(attributes, "featuretype") ?? "");
        // Entries of caches have a feature type, and no feature.
        why = feature is null ? "no feature: another form of entry" : $"feature {feature}";
        if (feature != "On-demand Inference" && !(feature is null && special.StartsWith("Prompt cache", StringComparison.OrdinalIgnoreCase))) return null;
        why = "no name of a model";
        if (OfferReader.Text(attributes, "model") is not { } name) return null;
        var tier = OfferReader.Text(attributes, "service_tier") ?? "standard";
        why = $"service tier {tier}";
        if (!tier.Equals("standard", StringComparison.OrdinalIgnoreCase)) return null;
        why = "latency optimized";
        if (name.EndsWith("Latency Optimized", StringComparison.OrdinalIgnoreCase)) return null;
        var usage = OfferReader.Text(attributes, "usagetype") ?? "";
        if (Array.Find(Others, other => usage.Contains(other, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            why = $"usage type of {word}";
            return null;
        }

        var global = usage.EndsWith(GlobalUsage, StringComparison.OrdinalIgnoreCase);
        why = "usage type of another cross-region kind";
        if (!global && usage.Contains("cross-region", StringComparison.OrdinalIgnoreCase)) return null;
        var type = OfferReader.Text(attributes, "inferenceType") ?? "";
        why = special.Length > 0 ? $"{special}: {type}" : $"inference type {type}";
        return Tokens(type, special) is { } tokens ? (name, global ? ModelKind.Global : ModelKind.Regional, tokens) : null;
    }

    /// <summary>What a unit is of a million; null: it is none of tokens.</summary>
    public static decimal? Scale(string unit) => unit switch
    {
        "1K tokens" => 1_000,
        "1M tokens" => 1,
        _ => null,
    };

    /// <param name="special">What is said of caches; it comes before the inference type, which then may be that of plain input.</param>
    private static TokenKind? Tokens(string type, string special) => (special.ToUpperInvariant(), type.ToUpperInvariant()) switch
    {
        ("PROMPT CACHE READ", _) or ("", "PROMPT CACHE READ INPUT TOKENS") => TokenKind.CacheRead,
        ("PROMPT CACHE WRITE", _) or ("", "PROMPT CACHE WRITE INPUT TOKENS") => TokenKind.CacheWrite,
        ("", "INPUT TOKENS") => TokenKind.Input,
        ("", "OUTPUT TOKENS") => TokenKind.Output,
        _ => null,
    };
}
