using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Ai.Offers;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>Entries have the attributes that those of AWS's files have (AI.md, "Prices", says where they were seen).</summary>
public sealed class OfferReaderTests
{
    private const string Models = "AmazonBedrock";

    private const string Marketplace = "AmazonBedrockFoundationModels";

    [Theory]
    [InlineData("Input tokens", "USE1-NovaLite-input-tokens", "1K tokens", "0.0000600000", "Regional Input 0.06")]
    [InlineData("Output tokens", "USE1-NovaLite-output-tokens", "1K tokens", "0.00024", "Regional Output 0.24")]
    [InlineData("Input tokens", "USE1-NovaLite-input-tokens-cross-region-global", "1K tokens", "0.00005", "Global Input 0.05")]
    [InlineData("Input tokens", "USE1-NovaLite-input-tokens", "1M tokens", "0.06", "Regional Input 0.06")]
    public void A_price_for_1K_tokens_is_a_thousand_times_as_much_for_a_million(string type, string usage, string unit, string usd, string expected)
    {
        var file = OfferReader.Read(File(Models, (Native(usage, type), unit, "", usd)));

        var rate = Assert.Single(file.Rates);
        Assert.Equal(("Nova Lite", "us-east-1", expected), (rate.Name, rate.Region, $"{rate.Kind} {rate.Tokens} {JsonValue.Create(rate.Usd).ToJsonString()}"));
        Assert.Equal((Models, "20261101000000", new DateOnly(2026, 11, 1)), (file.Code, file.Version, file.On));
    }

    [Fact]
    public void What_is_read_from_a_cache_and_written_to_it_is_told_by_the_feature_type()
    {
        var read = Native("USE1-NovaLite-cache-read-input-token-count", "", "");
        read["featuretype"] = "Prompt cache read";
        var written = Native("USE1-NovaLite-cache-write-input-token-count", "Input tokens", "On-demand Inference");
        written["featuretype"] = "Prompt cache write";

        var file = OfferReader.Read(File(Models, (read, "1K tokens", "", "0.000015"), (written, "1K tokens", "", "0.00007")));

        Assert.Equal([TokenKind.CacheRead, TokenKind.CacheWrite], file.Rates.Select(rate => rate.Tokens));
    }

    [Theory]
    [InlineData("InputTokenCount", "Regional Input")]
    [InlineData("OutputTokenCount_Global", "Global Output")]
    [InlineData("CacheReadInputTokenCount", "Regional CacheRead")]
    [InlineData("cache_write_tokens_global_standard", "Global CacheWrite")]
    [InlineData("input_tokens_standard", "Regional Input")]
    public void A_price_of_the_marketplace_is_for_a_million_and_named_by_service(string counted, string expected)
    {
        var attributes = Edition("Claude Opus 4.5", $"USW2-MP:USW2_{counted}-Units");

        const string description = "AWS Marketplace software usage|us-west-2|Million Tokens";

        var rate = Assert.Single(OfferReader.Read(File(Marketplace, (attributes, "Units", description, "5.5000000000"))).Rates);

        Assert.Equal(("Claude Opus 4.5", expected, 5.5m), (rate.Name, $"{rate.Kind} {rate.Tokens}", rate.Usd));
    }

    public static TheoryData<string, string, string> Others { get; } = new()
    {
        { Models, """{"feature":"Batch Inference"}""", "feature Batch Inference" },
        { Models, """{"feature":"Model Customization"}""", "feature Model Customization" },
        { Models, """{"feature":null}""", "no feature: another form of entry" },
        { Models, """{"service_tier":"Flex"}""", "service tier Flex" },
        { Models, """{"inferenceType":"Input tokens priority"}""", "inference type Input tokens priority" },
        { Models, """{"inferenceType":"T2I 1024 Standard"}""", "inference type T2I 1024 Standard" },
        { Models, """{"usagetype":"USE1-Nova2.0Lite-output-tokens-cross-region-global-batch"}""", "usage type of batch" },
        { Models, """{"usagetype":"USE1-openai.gpt-5.5-mantle-output-tokens-standard"}""", "usage type of mantle" },
        { Models, """{"usagetype":"USE1-Claude4Sonnet-input-tokens-long-context"}""", "usage type of long-context" },
        { Models, """{"usagetype":"USE1-NovaLite-input-tokens-cross-region-geo"}""", "usage type of another cross-region kind" },
        { Models, """{"model":"Nova Pro Latency Optimized"}""", "latency optimized" },
        { Models, """{"model":null,"titanModel":"Titan Text"}""", "no name of a model" },
        { Models, """{"regionCode":null}""", "no Region" },
        { Models, """{"regionCode":"us-east-1-wl1-bos-wlz-1"}""", "no Region" },
        { Models, """{"regionCode":"us-east-1\nus-east-2"}""", "no Region" },
        { Models, """{"$usd":"79228162514264337593543950335"}""", "no price that a million tokens may have" },
        { Models, """{"$usd":"-0.001"}""", "no price in USD" },
        { Models, """{"$usd":"1E-3"}""", "no price in USD" },
        { Models, """{"$usd":"0,001"}""", "no price in USD" },
        { Models, """{"$unit":"1B tokens"}""", "its unit is \"1B tokens\"" },
        { Models, """{"$unit":"image"}""", "its unit is \"image\"" },
        { Models, """{"$usd":"0"}""", "no price that a million tokens may have" },
        { Models, """{"$usd":"NaN"}""", "no price in USD" },
        { Models, """{"$usd":"99"}""", "no price that a million tokens may have" },
        { Marketplace, """{"usagetype":"USE1-MP:USE1_CacheWrite1hInputTokenCount-Units"}""", "usage type CacheWrite1hInputTokenCount" },
        { Marketplace, """{"usagetype":"USE1-MP:USE1_InputTokenCount_Batch-Units"}""", "usage type InputTokenCount_Batch" },
        { Marketplace, """{"usagetype":"USE1-MP:USE1_cache_write_tokens_30m_standard-Units"}""", "usage type cache_write_tokens_30m_standard" },
        { Marketplace, """{"usagetype":"USE1-InputTokenCount"}""", "usage type of another form" },
        { Marketplace, """{"servicename":"Claude Opus 4.5"}""", "no name of a Bedrock edition" },
        {
            Marketplace, """{"$description":"AWS Marketplace software usage|us-east-1|Thousand Input Tokens"}""",
            "its unit is \"Units\", its description \"Thousand Input Tokens\""
        },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_not_surely_the_price_of_plain_tokens_on_demand_is_left_out_and_counted(string code, string change, string why)
    {
        var attributes = code == Models
            ? Native("USE1-NovaLite-input-tokens", "Input tokens")
            : Edition("Claude Opus 4.5", "USE1-MP:USE1_InputTokenCount-Units");
        var (unit, description, usd) = code == Models ? ("1K tokens", "", "0.001") : ("Units", "Million Input Tokens", "5");
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) // Tests write objects.
        {
            if (name == "$unit") unit = (string)value!; // As above.
            else if (name == "$usd") usd = (string)value!; // As above.
            else if (name == "$description") description = (string)value!; // As above.
            else if (value is null) attributes.Remove(name);
            else attributes[name] = value.DeepClone();
        }

        var file = OfferReader.Read(File(code, (attributes, unit, description, usd)));

        Assert.Empty(file.Rates);
        Assert.Equal(why, Assert.Single(file.LeftOut).Key);
    }

    [Fact]
    public void A_price_in_steps_by_amount_is_none()
    {
        var offer = JsonNode.Parse(File(Models, (Native("USE1-NovaLite-input-tokens", "Input tokens"), "1K tokens", "", "0.001")).GetRawText())!;
        var dimensions = offer["terms"]!["OnDemand"]!["SKU0"]!["SKU0.A"]!["priceDimensions"]!.AsObject();
        dimensions["SKU0.A.2"] = dimensions.First().Value!.DeepClone();

        Assert.Equal("several prices by amount", Assert.Single(OfferReader.Read(JsonSerializer.SerializeToElement(offer)).LeftOut).Key);
    }

    /// <summary>Source: AWS Price List user guide, "Reading service price list files": a term has an effectiveDate.</summary>
    [Theory]
    [InlineData("2026-11-01T00:00:00Z", 1)]
    [InlineData("2026-11-01T00:00:01Z", 0)]
    [InlineData("soon", 1)]
    public void A_price_that_is_not_in_effect_yet_is_none(string effective, int rates)
    {
        var offer = JsonNode.Parse(File(Models, (Native("USE1-NovaLite-input-tokens", "Input tokens"), "1K tokens", "", "0.001")).GetRawText())!;
        offer["terms"]!["OnDemand"]!["SKU0"]!["SKU0.A"]!["effectiveDate"] = effective;

        var file = OfferReader.Read(JsonSerializer.SerializeToElement(offer));

        Assert.Equal(rates, file.Rates.Length);
        Assert.Equal(rates == 1 ? [] : ["not in effect yet"], file.LeftOut.Keys);
    }

    [Theory]
    [InlineData("CNY")]
    [InlineData("EUR")]
    public void A_price_in_another_currency_is_none(string currency)
    {
        var offer = JsonNode.Parse(File(Models, (Native("USE1-NovaLite-input-tokens", "Input tokens"), "1K tokens", "", "0.001")).GetRawText())!;
        offer["terms"]!["OnDemand"]!["SKU0"]!["SKU0.A"]!["priceDimensions"]!["SKU0.A.1"]!["pricePerUnit"] = new JsonObject { [currency] = "0.001" };

        Assert.Equal("no price in USD", Assert.Single(OfferReader.Read(JsonSerializer.SerializeToElement(offer)).LeftOut).Key);
    }

    [Theory]
    [InlineData("""{"offerCode":"AmazonBedrock","regions":{}}""", "it has no products with terms on demand")]
    [InlineData("[]", "no offerCode")]
    [InlineData("""{"offerCode":"AmazonEC2","products":{},"terms":{"OnDemand":{}},"publicationDate":"2026-11-01T00:00:00Z"}""", "the offerCode \"AmazonEC2\"")]
    [InlineData("""{"offerCode":"AmazonBedrock","products":{},"terms":{"OnDemand":{}}}""", "publicationDate is missing")]
    public void What_is_no_offer_of_models_is_refused(string text, string why)
    {
        using var document = JsonDocument.Parse(text);

        Assert.Contains(why, Assert.Throws<FormatException>(() => OfferReader.Read(document.RootElement)).Message, StringComparison.Ordinal);
    }

    internal static JsonObject Native(string usage, string type, string feature = "On-demand Inference")
    {
        var attributes = new JsonObject
        {
            ["servicecode"] = Models,
            ["location"] = "US East (N. Virginia)",
            ["regionCode"] = "us-east-1",
            ["usagetype"] = usage,
            ["model"] = "Nova Lite",
            ["provider"] = "Amazon",
        };
        if (type.Length > 0) attributes["inferenceType"] = type;
        if (feature.Length > 0) attributes["feature"] = feature;
        return attributes;
    }

    internal static JsonObject Edition(string model, string usage) => new()
    {
        ["servicecode"] = Marketplace,
        ["regionCode"] = "us-east-1",
        ["usagetype"] = usage,
        ["servicename"] = $"{model} (Amazon Bedrock Edition)",
    };

    internal static JsonElement File(string code, params (JsonObject Attributes, string Unit, string Description, string Usd)[] entries)
    {
        var (products, terms) = (new JsonObject(), new JsonObject());
        foreach (var (number, entry) in entries.Index())
        {
            products[$"SKU{number}"] = new JsonObject { ["sku"] = $"SKU{number}", ["attributes"] = entry.Attributes.DeepClone() };
            terms[$"SKU{number}"] = new JsonObject
            {
                [$"SKU{number}.A"] = new JsonObject
                {
                    ["priceDimensions"] = new JsonObject
                    {
                        [$"SKU{number}.A.1"] = new JsonObject
                        {
                            ["unit"] = entry.Unit,
                            ["description"] = entry.Description,
                            ["beginRange"] = "0",
                            ["endRange"] = "Inf",
                            ["pricePerUnit"] = new JsonObject { ["USD"] = entry.Usd },
                        },
                    },
                },
            };
        }

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["formatVersion"] = "v1.0",
            ["offerCode"] = code,
            ["version"] = "20261101000000",
            ["publicationDate"] = "2026-11-01T00:00:00Z",
            ["products"] = products,
            ["terms"] = new JsonObject { ["OnDemand"] = terms },
        });
    }
}
