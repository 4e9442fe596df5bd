using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Ai.Offers;

namespace BudgetSync.Core.Tests.Ai;

public sealed class PriceRefreshTests
{
    private const string Marketplace = "AmazonBedrockFoundationModels";

    private static readonly PriceList Before = PriceList.Parse(
        """
        [{"model":"amazon.nova-pro-v1:0","region":"us-east-1","kind":"Regional","input":0.8,"output":3.2,"source":"a page","on":"2025-07-20"},
         {"model":"acme.other-v1:0","region":"us-east-1","kind":"Regional","input":0.25,"output":1.25,"source":"a page","on":"2025-07-20"}]
        """);

    [Fact]
    public void What_the_files_say_is_taken_and_what_they_do_not_speak_of_stays()
    {
        var file = Sonnet(("InputTokenCount", "3.3"), ("OutputTokenCount", "16.5"), ("CacheReadInputTokenCount", "0.33"));

        var refresh = PriceRefresh.Of(Before, [file], ModelNames.BuiltIn());

        var change = Assert.Single(refresh.Changes);
        Assert.Null(change.Before);
        Assert.Equal(
            new PriceEntry(
                "anthropic.claude-sonnet-4-5-20250929-v1:0", "us-east-1", ModelKind.Regional, 3.3m, 16.5m, $"AWS offer file {Marketplace} 20261101000000",
                new DateOnly(2026, 11, 1), 0.33m),
            change.After);
        Assert.Equal(3, refresh.Entries.Length);
        Assert.Empty(refresh.Told);
    }

    [Fact]
    public void A_price_that_is_another_is_told_with_what_it_was_and_one_that_is_the_same_is_no_change()
    {
        var entries = new[] { ("input", "0.0008"), ("output", "0.0040") }.Select(price => (Nova(price.Item1), "1K tokens", "", price.Item2)).ToArray();
        var file = OfferReader.Read(OfferReaderTests.File("AmazonBedrock", entries));

        var change = Assert.Single(PriceRefresh.Of(Before, [file], ModelNames.BuiltIn()).Changes);

        Assert.Equal((3.2m, 4m), (change.Before?.Output, change.After.Output));
        var after = PriceList.Parse(JsonOf(PriceRefresh.Of(Before, [file], ModelNames.BuiltIn())));
        Assert.Empty(PriceRefresh.Of(after, [file], ModelNames.BuiltIn()).Changes);

        static JsonObject Nova(string kind)
        {
            var attributes = OfferReaderTests.Native($"USE1-NovaPro-{kind}-tokens", kind == "input" ? "Input tokens" : "Output tokens");
            attributes["model"] = "Nova Pro";
            return attributes;
        }
    }

    [Fact]
    public void Several_prices_of_one_thing_are_told_and_none_of_them_is_taken()
    {
        var refresh = PriceRefresh.Of(
            Before, [Sonnet(("InputTokenCount", "3.3"), ("input_tokens_standard", "3.0"), ("OutputTokenCount", "16.5"))], ModelNames.BuiltIn());

        Assert.Empty(refresh.Changes);
        Assert.Equal(
            "anthropic.claude-sonnet-4-5-20250929-v1:0 in us-east-1 (Regional): Input has several prices (3 of SKU1, 3.3 of SKU0)",
            Assert.Single(refresh.Told));
    }

    [Fact]
    public void The_same_price_twice_is_one() =>
        Assert.Single(PriceRefresh.Of(
            Before, [Sonnet(("InputTokenCount", "3.3"), ("input_tokens_standard", "3.30"), ("OutputTokenCount", "16.5"))], ModelNames.BuiltIn()).Changes);

    [Fact]
    public void Half_a_price_is_none()
    {
        var refresh = PriceRefresh.Of(Before, [Sonnet(("InputTokenCount", "3.3"))], ModelNames.BuiltIn());

        Assert.Empty(refresh.Changes);
        Assert.Equal("anthropic.claude-sonnet-4-5-20250929-v1:0 in us-east-1 (Regional): no price of Output tokens", Assert.Single(refresh.Told));
    }

    [Fact]
    public void A_name_that_is_not_known_is_told_and_never_guessed()
    {
        var file = Offer("Claude Sonnet 4.5 Turbo", ("InputTokenCount", "3"), ("OutputTokenCount", "15"));

        var refresh = PriceRefresh.Of(Before, [file], ModelNames.BuiltIn());

        Assert.Empty(refresh.Changes);
        Assert.StartsWith("Claude Sonnet 4.5 Turbo: no model of this name is known", Assert.Single(refresh.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void Bedrocks_own_names_join_where_they_mean_one_model_that_has_prices_of_tokens()
    {
        var names = ModelNames.BuiltIn();
        names.Add(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["modelSummaries"] = new JsonArray(
                Model("acme.new-v1:0", "Acme New", "ON_DEMAND"),
                Model("acme.new-v1:0:200k", "Acme New", "PROVISIONED"),
                Model("acme.two-v1:0", "Acme Two", "INFERENCE_PROFILE"),
                Model("acme.two-v2:0", "Acme Two", "ON_DEMAND")),
        }));

        Assert.Equal("acme.new-v1:0", names.Find("acme new", out _));
        Assert.Null(names.Find("Acme Two", out var why));
        Assert.Equal("the name means several models: acme.two-v1:0, acme.two-v2:0", why);

        static JsonObject Model(string id, string name, string type) =>
            new() { ["modelId"] = id, ["modelName"] = name, ["inferenceTypesSupported"] = new JsonArray(type) };
    }

    [Fact]
    public void The_table_of_names_means_ids_of_models_and_each_name_once()
    {
        var table = ModelNames.BuiltIn().Table;

        Assert.InRange(table.Count, 10, 100);
        Assert.All(table.Values, id => Assert.Equal(new BedrockModel(id, ModelKind.Regional), BedrockModel.Of(id)));
    }

    private static OfferFile Sonnet(params (string Usage, string Usd)[] prices) => Offer("Claude Sonnet 4.5", prices);

    private static OfferFile Offer(string name, params (string Usage, string Usd)[] prices) => OfferReader.Read(OfferReaderTests.File(
        Marketplace,
        [.. prices.Select(price => (OfferReaderTests.Edition(name, $"USE1-MP:USE1_{price.Usage}-Units"), "Units", "Million", price.Usd))]));

    private static string JsonOf(PriceRefresh refresh) => new JsonArray([.. refresh.Entries.Select(entry => new JsonObject
    {
        ["model"] = entry.Model, ["region"] = entry.Region, ["kind"] = entry.Kind.ToString(), ["input"] = entry.Input, ["output"] = entry.Output,
        ["source"] = entry.Source, ["on"] = entry.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    })]).ToJsonString();
}
