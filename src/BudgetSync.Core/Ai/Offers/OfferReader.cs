using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace BudgetSync.Core.Ai.Offers;

/// <summary>
/// Reads AWS's bulk offer files of Bedrock, <c>index.json</c> of AmazonBedrock and of AmazonBedrockFoundationModels, whole or of a Region. What is not surely
/// the price of plain tokens on demand is left out and counted with its reason: the two files have no common shape, and a wrong price is worse than a gap.
/// </summary>
public static class OfferReader
{
    private const string Models = "AmazonBedrock";

    private const string Marketplace = "AmazonBedrockFoundationModels";

    /// <exception cref="FormatException">It is no offer file of these two.</exception>
    public static OfferFile Read(JsonElement root)
    {
        var code = Text(root, "offerCode");
        if (code is not (Models or Marketplace)
            || !Has(root, "products", JsonValueKind.Object, out var products)
            || !Has(root, "terms", JsonValueKind.Object, out var terms)
            || !Has(terms, "OnDemand", JsonValueKind.Object, out var onDemand))
        {
            var has = code is null ? "no offerCode" : code is Models or Marketplace ? "no products with terms on demand" : $"the offerCode \"{code}\"";
            throw new FormatException($"it is no offer file of {Models} or {Marketplace}: it has {has}; take index.json of one of them");
        }

        if (Text(root, "publicationDate") is not { } published
            || !DateTimeOffset.TryParse(published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var on))
            throw new FormatException("its publicationDate is missing or no date");
        var rates = ImmutableArray.CreateBuilder<OfferRate>();
        var leftOut = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var product in products.EnumerateObject())
        {
            if (Rate(code, product.Name, product.Value, onDemand, on, out var why) is { } rate) rates.Add(rate);
            else leftOut[why] = leftOut.GetValueOrDefault(why) + 1;
        }

        return new OfferFile(code, Text(root, "version") ?? "", DateOnly.FromDateTime(on.UtcDateTime), rates.ToImmutable(), leftOut.ToImmutable());
    }

    private static OfferRate? Rate(string code, string sku, JsonElement product, JsonElement onDemand, DateTimeOffset published, out string why)
    {
        why = "no attributes";
        if (!Has(product, "attributes", JsonValueKind.Object, out var attributes)) return null;
        why = "no Region";
        if (Text(attributes, "regionCode") is not { } region || !PriceEntry.IsRegion(region)) return null;
        var read = code == Models ? ModelsOffer.Read(attributes, out why) : MarketplaceOffer.Read(attributes, out why);
        if (read is not var (name, kind, tokens)) return null;
        if (Price(sku, onDemand, published, out var usd, out var unit, out var description, out why) is false) return null;
        if ((code == Models ? ModelsOffer.Scale(unit) : MarketplaceOffer.Scale(unit, description)) is not { } scale)
        {
            why = $"its unit is \"{unit}\"{(code == Models ? "" : $", its description \"{Kind(description)}\"")}";
            return null;
        }

        why = "no price that a million tokens may have";
        // Bounded before it is multiplied: a file may say any number.
        return usd is > 0 and <= PriceEntry.Maximum && usd * scale is var price and <= PriceEntry.Maximum
            ? new OfferRate(name, region, kind, tokens, price / OneOfFullScale, sku)
            : null;
    }

    // Removes trailing zeros.
    private const decimal OneOfFullScale = 1.0000000000000000000000000000m;

    /// <summary>The one price of a SKU; several are steps by amount, which the log does not tell apart.</summary>
    private static bool Price(
        string sku, JsonElement onDemand, DateTimeOffset published, out decimal usd, out string unit, out string description, out string why)
    {
        (usd, unit, description, why) = (0, "", "", "no price on demand");
        if (!Has(onDemand, sku, JsonValueKind.Object, out var offers)) return false;
        // The file says when a price takes effect (Price List user guide, "Reading service price list files"); until then another one holds, or none.
        why = "not in effect yet";
        if (offers.EnumerateObject().Any(offer => offer.Value.ValueKind == JsonValueKind.Object && JsonMember.Time(offer.Value, "effectiveDate") > published))
            return false;
        why = "no price on demand";
        List<JsonElement> dimensions =
        [
            .. offers.EnumerateObject()
                .SelectMany(offer => Has(offer.Value, "priceDimensions", JsonValueKind.Object, out var of) ? of.EnumerateObject().ToArray() : [])
                .Select(dimension => dimension.Value),
        ];
        if (dimensions.Count != 1)
        {
            if (dimensions.Count > 1) why = "several prices by amount";
            return false;
        }

        why = "no price in USD";
        unit = Text(dimensions[0], "unit") ?? "";
        description = Text(dimensions[0], "description") ?? "";
        return Has(dimensions[0], "pricePerUnit", JsonValueKind.Object, out var price)
            && Text(price, "USD") is { } text
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out usd);
    }

    /// <summary>Of <c>AWS Marketplace software usage|us-east-1|Million Input Tokens</c> the last part.</summary>
    private static string Kind(string description) => description[(description.LastIndexOf('|') + 1)..];

    private static bool Has(JsonElement item, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out value) && value.ValueKind == kind;
    }

    internal static string? Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object ? JsonMember.Text(item, name)?.Trim() : null;
}
