using System.Text.Json.Nodes;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Ai.Offers;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>Prices of a file that are not believed: a silently wrong price is worse than a gap (spend-and-response, 2.7). Prices are made up.</summary>
public sealed class PriceDoubtTests
{
    private const string Place = "amazon.nova-pro-v1:0 in us-east-1 (Regional)";

    private static readonly PriceList Before = PriceList.Parse(
        """
        [{"model":"amazon.nova-pro-v1:0","region":"us-east-1","kind":"Regional","input":0.8,"output":3.2,"cacheRead":0.2,"source":"a page","on":"2026-10-20"}]
        """);

    /// <summary>AWS states prices for a thousand tokens and for a million; a unit that is read wrongly makes a thousandfold.</summary>
    [Theory]
    [InlineData("0.8", "3.2", "0.8 -> 800 USD for a million tokens may be another unit; --allow-large takes it")]
    [InlineData("0.0000008", "0.0000032", "0.8 -> 0.0008 USD for a million tokens may be another unit; --allow-large takes it")]
    [InlineData("0.00008", "0.0032", "0.8 -> 0.08 USD for a million tokens may be another unit; --allow-large takes it")]
    [InlineData("0.000081", "0.031", null)]
    public void A_price_that_is_ten_times_what_it_was_is_taken_where_a_person_says_so(string input, string output, string? why)
    {
        var file = Offer("2026-11-01", (Input, input), (Output, output));

        var refresh = PriceRefresh.Of(Before, [file], ModelNames.BuiltIn());

        Assert.Equal(why is null ? 1 : 0, refresh.Changes.Length);
        Assert.Equal<string>(why is null ? [] : [$"{Place}: {why}"], refresh.Told);
        Assert.Equal(why is null ? 0.081m : 0.8m, refresh.Entries[0].Input);
    }

    [Fact]
    public void What_a_person_takes_is_taken()
    {
        var file = Offer("2026-11-01", (Input, "0.008"), (Output, "0.032"));
        Assert.Equal(8m, Assert.Single(PriceRefresh.Of(Before, [file], ModelNames.BuiltIn(), isLargeTaken: true).Changes).After.Input);
    }

    /// <summary>Also of a model that had no price: the kinds of tokens of one model do not lie so far apart.</summary>
    [Theory]
    [InlineData("0.0008", "3.2", true)]
    [InlineData("0.0008", "0.4001", true)]
    [InlineData("0.0008", "0.4", false)]
    public void Two_units_in_one_model_are_none(string input, string output, bool refused)
    {
        var refresh = PriceRefresh.Of(PriceList.Parse("[]"), [Offer("2026-11-01", (Input, input), (Output, output))], ModelNames.BuiltIn());

        Assert.Equal(refused ? 0 : 1, refresh.Changes.Length);
        if (refused) Assert.EndsWith(" USD for a million tokens of one model: one has another unit", Assert.Single(refresh.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_older_than_the_list_changes_nothing_unasked()
    {
        var older = Offer("2026-10-01", (Input, "0.0009"), (Output, "0.0032"));

        var refresh = PriceRefresh.Of(Before, [older], ModelNames.BuiltIn());

        Assert.Empty(refresh.Changes);
        Assert.Equal(
            $"{Place}: the file is of 2026-10-01, and the list has a price of 2026-10-20; --allow-large takes it", Assert.Single(refresh.Told));
        Assert.Single(PriceRefresh.Of(Before, [older], ModelNames.BuiltIn(), isLargeTaken: true).Changes);
        // What it says as the list has it is no matter.
        Assert.Empty(PriceRefresh.Of(Before, [Offer("2026-10-01", (Input, "0.0008"), (Output, "0.0032"))], ModelNames.BuiltIn()).Told);
    }

    /// <summary>"A price that no file speaks of stays" (AI.md), also of one kind of tokens.</summary>
    [Fact]
    public void Prices_of_caches_that_the_file_does_not_speak_of_stay_with_their_source()
    {
        var file = Offer("2026-11-01", (Input, "0.0009"), (Output, "0.0032"));

        var after = Assert.Single(PriceRefresh.Of(Before, [file], ModelNames.BuiltIn()).Changes).After;

        Assert.Equal((0.9m, 0.2m, (decimal?)null), (after.Input, after.CacheRead, after.CacheWrite));
        Assert.Equal("AWS offer file AmazonBedrock 20261101000000; of caches: a page", after.Source);
        var list = PriceRefresh.Of(Before, [file], ModelNames.BuiltIn());
        var again = PriceRefresh.Of(Of(list), [Offer("2026-11-02", (Input, "0.001"), (Output, "0.0032"))], ModelNames.BuiltIn());
        Assert.Equal("AWS offer file AmazonBedrock 20261101000000; of caches: a page", Assert.Single(again.Changes).After.Source);
    }

    private const string Input = "input", Output = "output";

    private static PriceList Of(PriceRefresh refresh) => PriceList.Parse(new JsonArray([.. refresh.Entries.Select(entry => new JsonObject
    {
        ["model"] = entry.Model, ["region"] = entry.Region, ["kind"] = entry.Kind.ToString(), ["input"] = entry.Input, ["output"] = entry.Output,
        ["cacheRead"] = entry.CacheRead, ["source"] = entry.Source, ["on"] = DayText.Format(entry.On),
    })]).ToJsonString());

    private static OfferFile Offer(string day, params (string Kind, string Usd)[] prices) => OfferReader.Read(OfferReaderTests.File(
        "AmazonBedrock", [.. prices.Select(price => (Nova(price.Kind), "1K tokens", "", price.Usd))])) with
    { On = DayText.Parse(day)!.Value }; // It is one.

    private static JsonObject Nova(string kind)
    {
        var attributes = OfferReaderTests.Native($"USE1-NovaPro-{kind}-tokens", kind == Input ? "Input tokens" : "Output tokens");
        attributes["model"] = "Nova Pro";
        return attributes;
    }
}
