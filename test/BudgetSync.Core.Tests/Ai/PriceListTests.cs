using System.Text.Json;
using BudgetSync.Core.Ai;
using Json.Schema;

namespace BudgetSync.Core.Tests.Ai;

public sealed class PriceListTests
{
    private const string Entry =
        """{"model":"amazon.nova-pro-v1:0","region":"us-east-1","kind":"Regional","input":0.8,"output":3.2,"source":"a page","on":"2026-11-29"}""";

    private static readonly BedrockModel NovaPro = new("amazon.nova-pro-v1:0", ModelKind.Regional);

    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "src/BudgetSync.Core/Ai");

    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Folder, "prices.schema.json")));

    [Fact]
    public void The_file_of_prices_holds_to_its_schema_and_is_the_one_that_is_built_in()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "prices.json"));
        using var document = JsonDocument.Parse(text);

        Assert.True(Schema.Evaluate(document.RootElement).IsValid);
        Assert.Equal<PriceEntry>([.. PriceList.Parse(text).Entries], [.. PriceList.BuiltIn.Entries]);
        Assert.NotEmpty(PriceList.BuiltIn.Entries);
    }

    [Fact]
    public void Each_price_says_from_where_and_when_it_is() => Assert.All(PriceList.BuiltIn.Entries, entry =>
    {
        Assert.StartsWith("https://aws.amazon.com/", entry.Source, StringComparison.Ordinal);
        Assert.InRange(entry.On, new DateOnly(2025, 1, 1), new DateOnly(2026, 11, 29));
    });

    /// <summary>
    /// "The models of today as far as you have sources" (issue 15): what two copies agree on as of 2026-08-06 (AI.md, "Prices"). A global call of Claude costs
    /// a tenth less than one of a geography from Sonnet 4.5 on, and as much before (spend-and-response, fact 48).
    /// </summary>
    [Theory]
    [InlineData("anthropic.claude-sonnet-4-5-20250929-v1:0", "3.3 16.5 0.33 4.125", "3 15 0.3 3.75")]
    [InlineData("anthropic.claude-haiku-4-5-20251001-v1:0", "1.1 5.5 0.11 1.375", "1 5 0.1 1.25")]
    [InlineData("anthropic.claude-opus-5", "5.5 27.5 0.55 6.875", "5 25 0.5 6.25")]
    [InlineData("anthropic.claude-sonnet-4-20250514-v1:0", "3 15 0.3 3.75", "3 15 0.3 3.75")]
    [InlineData("amazon.nova-2-lite-v1:0", "0.33 2.75 0.0825 ", "0.3 2.5 0.075 ")]
    public void Models_of_2026_have_prices_of_all_that_they_count_in_both_kinds(string model, string regional, string global)
    {
        foreach (var region in new[] { "us-east-1", "us-west-2" })
        {
            Assert.Equal(regional, Text(PriceList.BuiltIn.Find(BedrockModel.Of($"us.{model}"), region)));
            Assert.Equal(global, Text(PriceList.BuiltIn.Find(BedrockModel.Of($"global.{model}"), region)));
        }

        static string Text(ModelPrice? price) =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{price?.Input} {price?.Output} {price?.CacheRead} {price?.CacheWrite}");
    }

    [Theory]
    [InlineData("amazon.nova-pro-v1:0", "eu-central-1", ModelKind.Regional)]
    [InlineData("amazon.nova-pro-v1:0", "us-east-1", ModelKind.Global)]
    [InlineData("amazon.nova-pro-v2:0", "us-east-1", ModelKind.Regional)]
    [InlineData("AMAZON.NOVA-PRO-V1:0", "us-east-1", ModelKind.Regional)]
    [InlineData("arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/ab12cd34ef56", "us-east-1", ModelKind.UnknownProfile)]
    public void A_price_is_never_derived_from_another_region_kind_or_model(string model, string region, ModelKind kind) =>
        Assert.Null(PriceList.BuiltIn.Find(new BedrockModel(model, kind), region));

    [Fact]
    public void Tokens_cost_exactly_what_the_list_says()
    {
        var price = PriceList.Parse($"[{Entry}]").Find(NovaPro, "us-east-1");

        Assert.Equal(0.0000072m, price?.Of(new TokenCount(Input: 1, CacheRead: 0, CacheWrite: 0, Output: 2)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Cached_tokens_whose_price_is_not_known_leave_the_call_without_a_price(long read, long write)
    {
        var price = PriceList.Parse($"[{Entry}]").Find(NovaPro, "us-east-1");

        Assert.Null(price?.Of(new TokenCount(Input: 1000, read, write, Output: 1000)));
    }

    [Fact]
    public void Provisioned_throughput_costs_nothing_by_token()
    {
        var model = BedrockModel.Of("arn:aws:bedrock:us-east-1:111122223333:provisioned-model/ab12cd34ef56");

        Assert.Equal(0, PriceList.BuiltIn.Find(model, "us-east-1")?.Of(new TokenCount(1000, 1000, 1000, 1000)));
    }

    [Theory]
    [InlineData("null", "it is null and no list of prices; write a list, [] for none")]
    [InlineData("[null]", "price 1: null stands where a price should; write an object, or remove it")]
    [InlineData("{}", "it is an object and no list of prices; write a list, [] for none")]
    [InlineData("[{]", "it is no JSON from line 1, byte 3 on; 'budgetsync ai prices --json' prints the form")]
    [InlineData("""[{"model":"a.b"}]""", "price 1 (a.b): region is missing; add it; price 1 (a.b): kind is missing; add it; ")]
    public void What_is_no_list_is_refused(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => PriceList.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"input\":0.8", "\"input\":-1", "amazon.nova-pro-v1:0 in us-east-1: input is -1; write USD for a million tokens, 0 to 10000")]
    [InlineData("\"output\":3.2", "\"output\":32000", "amazon.nova-pro-v1:0 in us-east-1: output is 32000; write USD for a million tokens, 0 to 10000")]
    [InlineData("\"a page\"", "\"\"", "amazon.nova-pro-v1:0 in us-east-1: source is \"\"; write where the price was read")]
    [InlineData("\"Regional\"", "\"Provisioned\"", "amazon.nova-pro-v1:0 in us-east-1: kind is Provisioned; write Regional or Global")]
    [InlineData("\"output\":3.2", "\"output\":3.2,\"output\":3", "price 1 (amazon.nova-pro-v1:0): output stands 2 times; keep one")]
    [InlineData("\"output\":3.2", "\"output\":3.2,\"outptu\":3", "price 1 (amazon.nova-pro-v1:0): \"outptu\" is no member of a price; choose from model")]
    [InlineData("\"output\":3.2", "\"output\":\"3.2\"", "price 1 (amazon.nova-pro-v1:0): output is \"3.2\"; write a number without quotes, USD for a million")]
    [InlineData("\"Regional\"", "\"regional\"", "price 1 (amazon.nova-pro-v1:0): kind is \"regional\"; write Regional or Global")]
    [InlineData("\"Regional\"", "7", "price 1 (amazon.nova-pro-v1:0): kind is 7; write Regional or Global")]
    [InlineData("2026-11-29", "29.11.2026", "price 1 (amazon.nova-pro-v1:0): on is \"29.11.2026\"; write a day such as 2026-11-29")]
    public void A_price_that_cannot_be_is_refused_with_the_way_out(string good, string bad, string expected)
    {
        var text = $"[{Entry.Replace(good, bad, StringComparison.Ordinal)}]";

        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => PriceList.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_with_a_list_is_told_at_once_and_in_its_own_words()
    {
        var wrong = Entry.Replace("0.8", "\"0.8\"", StringComparison.Ordinal).Replace("\"on\"", "\"date\"", StringComparison.Ordinal);

        var message = Assert.Throws<FormatException>(() => PriceList.Parse($"[{wrong},7,{Entry.Replace("3.2", "-1", StringComparison.Ordinal)}]")).Message;

        Assert.Equal(
            [
                "price 1 (amazon.nova-pro-v1:0): \"date\" is no member of a price", "price 1 (amazon.nova-pro-v1:0): on is missing",
                "price 1 (amazon.nova-pro-v1:0): input is \"0.8\"", "price 2: 7 stands where a price should", "amazon.nova-pro-v1:0 in us-east-1: output is -1",
            ],
            message.Split("; ").Where(part => part.Contains(": ", StringComparison.Ordinal)));
        Assert.DoesNotContain("BudgetSync.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_prices_of_one_model_are_refused() => Assert.Equal(
        "amazon.nova-pro-v1:0 in us-east-1 (Regional) has 2 prices; keep one",
        Assert.Throws<FormatException>(() => PriceList.Parse($"[{Entry},{Entry}]")).Message);
}
