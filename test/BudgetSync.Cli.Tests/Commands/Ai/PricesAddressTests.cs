namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>Offer files given by their address, from a server of this machine. Prices are of AWS's form and made up.</summary>
public sealed class PricesAddressTests
{
    private const string Bedrock = """
        {
          "offerCode": "AmazonBedrock", "version": "20261101000000", "publicationDate": "2026-11-01T00:00:00Z",
          "products": {
            "A": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-NovaLite-input-tokens", "model": "Nova Lite", "inferenceType": "Input tokens",
              "feature": "On-demand Inference" } },
            "B": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-NovaLite-output-tokens", "model": "Nova Lite",
              "inferenceType": "Output tokens", "feature": "On-demand Inference" } }
          },
          "terms": { "OnDemand": {
            "A": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0000700000" } } } } },
            "B": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0002400000" } } } } }
          } }
        }
        """;

    [Fact]
    public async Task An_offer_file_is_fetched_from_its_address()
    {
        var asked = "";
        await using var server = new LoopbackServer(request =>
        {
            asked = request;
            return LoopbackServer.Response(200, "application/json", Bedrock);
        });

        var run = await Tool.RunAsync("ai", "prices", "refresh", Address(server, "offers/v1.0/aws/AmazonBedrock/current/us-east-1/index.json"));

        Assert.True(run.ExitCode == ExitCode.Differences, run.Error);
        Assert.Matches(@"(?m)^amazon\.nova-lite-v1:0 +us-east-1 +Regional +0\.06 -> 0\.07", run.Out);
        Assert.StartsWith("GET /offers/v1.0/aws/AmazonBedrock/current/us-east-1/index.json HTTP/1.1", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", asked, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_elsewhere_is_said_so()
    {
        await using var gone = new LoopbackServer(_ => LoopbackServer.Response(404, "text/plain", "no"));
        await using var moved = new LoopbackServer(
            _ => "HTTP/1.1 302 Found\r\nLocation: http://example.com/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var text = new LoopbackServer(_ => LoopbackServer.Response(200, "text/html", "<html>"));

        await FailsAsync(Address(gone, "x"), "answers 404.");
        await FailsAsync(Address(moved, "x"), "answers 302, and sends to http://example.com/x.");
        await FailsAsync(Address(text, "x"), "is no JSON");
    }

    [Fact]
    public async Task A_file_above_its_bound_is_not_read()
    {
        await using var server = new LoopbackServer(
            _ => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999999999\r\nConnection: close\r\n\r\n[");

        await FailsAsync(Address(server, "x"), "where there is no network, fetch it elsewhere and give the file.");
    }

    [Theory]
    [InlineData("http://example.com/index.json", "is not https; only this machine is asked by http")]
    [InlineData("ftp://127.0.0.1/index.json", "is not https; only this machine is asked by http")]
    [InlineData("https://me:secret@example.com/index.json", "example.com: the address holds a name or a password, and AWS's files need none")]
    [InlineData("https://", "is no address")]
    public Task An_address_by_which_nothing_is_fetched_is_refused(string address, string why) => FailsAsync(address, why);

    /// <summary>Nobody listens there: a machine without a network says the way out.</summary>
    [Fact]
    public Task Where_nothing_answers_the_way_out_is_said() =>
        FailsAsync("http://127.0.0.1:1/index.json", "where there is no network, fetch it elsewhere and give the file.");

    private static async Task FailsAsync(string address, string why)
    {
        var run = await Tool.RunAsync("ai", "prices", "refresh", address);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(why, run.Error.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Address(LoopbackServer server, string path) => $"{server.Environment["AWS_ENDPOINT_URL"]}/{path}";
}
