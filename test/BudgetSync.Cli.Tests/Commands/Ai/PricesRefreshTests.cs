using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>Offer files given as files. Prices are of AWS's form and made up.</summary>
public sealed class PricesRefreshTests : IDisposable
{
    private const string Prices = """
        [{ "model": "amazon.nova-lite-v1:0", "region": "us-east-1", "kind": "Regional", "input": 0.06, "output": 0.3, "source": "a test", "on": "2025-07-20" }]
        """;

    internal const string Bedrock = """
        {
          "offerCode": "AmazonBedrock", "version": "20261101000000", "publicationDate": "2026-11-01T00:00:00Z",
          "products": {
            "A": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-NovaLite-input-tokens", "model": "Nova Lite", "inferenceType": "Input tokens",
              "feature": "On-demand Inference" } },
            "B": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-NovaLite-output-tokens", "model": "Nova Lite",
              "inferenceType": "Output tokens", "feature": "On-demand Inference" } },
            "C": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-NovaLite-input-tokens-batch", "model": "Nova Lite",
              "inferenceType": "Input tokens", "feature": "Batch Inference" } },
            "D": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-Acme-input-tokens", "model": "Acme One", "inferenceType": "Input tokens",
              "feature": "On-demand Inference" } }
          },
          "terms": { "OnDemand": {
            "A": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0000600000" } } } } },
            "B": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0002400000" } } } } },
            "C": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0000300000" } } } } },
            "D": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0010000000" } } } } }
          } }
        }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-prices-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_difference_is_shown_and_nothing_is_written_without_being_asked()
    {
        var prices = File("prices.json", Prices);

        var run = await Tool.RunAsync("ai", "prices", "refresh", File("bedrock.json", Bedrock), "--prices", prices);

        Assert.True(run.ExitCode == ExitCode.Differences, run.Error);
        Assert.Matches(@"(?m)^amazon\.nova-lite-v1:0 +us-east-1 +Regional +0\.06 +0\.3 -> 0\.24", run.Out);
        Assert.Contains("Left out: Acme One: no model of this name is known", run.Error, StringComparison.Ordinal);
        Assert.Contains("AmazonBedrock: 1 price left out: 1 of feature Batch Inference.", run.Error, StringComparison.Ordinal);
        Assert.Equal(Prices, await System.IO.File.ReadAllTextAsync(prices));
    }

    [Fact]
    public async Task What_is_written_is_a_list_that_the_next_refresh_leaves_as_it_is()
    {
        var (prices, bedrock) = (File("prices.json", Prices), File("bedrock.json", Bedrock));
        var names = File("names.json", """{"modelSummaries":[{"modelId":"acme.one-v1:0","modelName":"Acme One","inferenceTypesSupported":["ON_DEMAND"]}]}""");

        Assert.Equal(ExitCode.Done, (await Tool.RunAsync("ai", "prices", "refresh", bedrock, "--prices", prices, "--write", prices)).ExitCode);
        var again = await Tool.RunAsync("ai", "prices", "refresh", bedrock, names, "--prices", prices, "--json");

        Assert.True(again.ExitCode == ExitCode.Done, again.Error);
        Assert.Empty(again.JsonObject["changes"]!.AsArray());
        Assert.Equal(
            "acme.one-v1:0 in us-east-1 (Regional): no price of Output tokens",
            (string?)Assert.Single(again.JsonObject["told"]!.AsArray()));
        var written = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(prices))!.AsArray();
        Assert.Equal(("AWS offer file AmazonBedrock 20261101000000", "2026-11-01"), ((string?)written[0]!["source"], (string?)written[0]!["on"]));
    }

    [Theory]
    [InlineData("[]", "it is no offer file of AmazonBedrock or AmazonBedrockFoundationModels")]
    [InlineData("nonsense", "is no JSON")]
    [InlineData("""{"modelSummaries":[]}""", "none of the files is an offer file")]
    public async Task What_is_no_offer_file_is_told_as_that(string text, string why)
    {
        var run = await Tool.RunAsync("ai", "prices", "refresh", File("bedrock.json", text));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
