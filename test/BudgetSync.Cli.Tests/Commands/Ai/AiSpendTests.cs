using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>Files of the model invocation log, added up.</summary>
public sealed class AiSpendTests : IDisposable
{
    private const string Nova = "amazon.nova-pro-v1:0";

    private const string Alice = "arn:aws:iam::111122223333:user/alice";

    private const string Prices = """
        [{ "model": "amazon.nova-pro-v1:0", "region": "us-east-1", "kind": "Regional", "input": 0.8, "output": 3.2, "source": "a test", "on": "2026-11-29" }]
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-ai-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>By hand: 1,000 tokens in and 250 out are 0.0008 + 0.0008 USD; twice of it 0.0032.</summary>
    [Fact]
    public async Task Each_request_counts_once_and_what_has_no_price_is_in_no_sum()
    {
        var file = File("log.jsonl", $"{Record("1")}\n\n{Record("2")}\n{Record("1")}\r\n{Record("3", model: "anthropic.claude-new-v9:0")}\n");

        var run = await Tool.RunAsync("ai", "spend", file, "--prices", File("prices.json", Prices));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Matches(@"(?m)^111122223333 +user/alice +amazon\.nova-pro-v1:0 +Regional +us-east-1 +2 +2,500 +0\.0032 *$", run.Out);
        Assert.Matches(@"(?m)^111122223333 +user/alice +anthropic\.claude-new-v9:0 +Regional +us-east-1 +1 +1,250 +- +1$", run.Out);
        Assert.Contains("3 calls, 0.0032 USD.", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 record of requests that had been counted were left out.", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 call without a price, which are in no sum of USD: anthropic.claude-new-v9:0 in us-east-1 "
            + "(no price of Regional calls).", run.Error, StringComparison.Ordinal);
    }

    /// <summary>An image: the record has no counts, and 0.00 USD would say that it cost nothing.</summary>
    [Fact]
    public async Task What_calls_without_counted_tokens_cost_is_not_said_to_be_nothing()
    {
        var image = Record("1").Replace("\"inputTokenCount\":1000", "\"x\":1", StringComparison.Ordinal)
            .Replace("\"outputTokenCount\":250", "\"x\":1", StringComparison.Ordinal);

        var run = await Tool.RunAsync("ai", "spend", File("log.jsonl", image), "--prices", File("prices.json", Prices));

        Assert.Matches(@"USD +UNPRICED +UNCOUNTED", run.Out);
        Assert.Matches(@"(?m)^111122223333 +user/alice +amazon\.nova-pro-v1:0 +Regional +us-east-1 +1 +0 +- +1$", run.Out);
    }

    /// <summary>What is missing is not the model's price but that of its cached tokens, or of its calls through a global profile.</summary>
    [Fact]
    public async Task Which_price_is_missing_is_said_and_kinds_of_one_model_are_lines_of_their_own()
    {
        var cached = Record("2").Replace("\"inputTokenCount\":1000", "\"inputTokenCount\":1000,\"cacheReadInputTokenCount\":1", StringComparison.Ordinal);
        var profile = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/ab12cd34ef56";
        var file = File(
            "log.jsonl", string.Join('\n', Record("1", model: $"us.{Nova}"), cached, Record("3", model: $"global.{Nova}"), Record("4", model: profile)));
        var prices = File("prices.json", Prices);

        var run = await Tool.RunAsync("ai", "spend", file, "--prices", prices);
        var csv = await Tool.RunAsync("ai", "spend", file, "--prices", prices, "--csv");
        var json = (await Tool.RunAsync("ai", "spend", file, "--prices", prices, "--json")).JsonObject["usages"]!.AsArray();

        Assert.Matches(@"(?m)^111122223333 +user/alice +amazon\.nova-pro-v1:0 +Regional +us-east-1 +2 +2,501 +0\.0016 +1$", run.Out);
        Assert.Matches(@"(?m)^111122223333 +user/alice +amazon\.nova-pro-v1:0 +Global +us-east-1 +1 +1,250 +- +1$", run.Out);
        var talk = run.Error.ReplaceLineEndings(" ");
        Assert.Contains($"{Nova} in us-east-1 (no price of cache reads)", talk, StringComparison.Ordinal);
        Assert.Contains($"{Nova} in us-east-1 (no price of Global calls, only of Regional ones)", talk, StringComparison.Ordinal);
        Assert.Contains($"{profile} in us-east-1 (no model is known of this application inference profile)", talk, StringComparison.Ordinal);
        Assert.Contains($"{Nova},1,1000,0,0,250,,1,Global,", csv.Out, StringComparison.Ordinal);
        Assert.Contains($"{Nova},2,2000,1,0,500,0.0016,1,Regional,no price of cache reads", csv.Out, StringComparison.Ordinal);
        Assert.Equal([0.0016m, null, null], json.Select(usage => (decimal?)usage!["usd"]));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    public async Task Ids_are_never_cut(int width)
    {
        const string model = "anthropic.claude-3-5-sonnet-20241022-v2:0";
        var file = File("log.jsonl", Record("1", model: model, identity: "arn:aws:sts::111122223333:assumed-role/TheDataSciencePlatformOfTheResearchUnit/x"));

        var run = await Tool.RunAsync(terminal => terminal with { Width = width }, ["ai", "spend", file]);

        Assert.DoesNotContain('…', run.Out);
        Assert.Contains(model, Whole(run.Out, model), StringComparison.Ordinal);
    }

    /// <summary>The characters of an id in the order in which a column has them, wherever they are wrapped.</summary>
    private static string Whole(string table, string id)
    {
        var next = 0;
        foreach (var letter in table.Where(letter => next < id.Length && letter == id[next])) next += letter == id[next] ? 1 : 0;
        return id[..next];
    }

    [Fact]
    public async Task Files_of_a_bucket_lists_and_what_the_AWS_CLI_prints_are_read_alike()
    {
        var events = new JsonObject { ["events"] = new JsonArray(new JsonObject { ["message"] = Record("3") }) };
        var list = new JsonArray(JsonNode.Parse(Record("4")), JsonNode.Parse(Record("5")));

        var run = await Tool.RunAsync(
            "ai", "spend", Packed("a.json.gz", Record("1") + "\n" + Record("2")), File("b.json", events.ToString()), File("c.json", list.ToString()), "--json");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var usage = Assert.Single(run.JsonObject["usages"]!.AsArray())!;
        Assert.Equal((5, 5000, 1250), ((int)usage["calls"]!, (int)usage["inputTokens"]!, (int)usage["outputTokens"]!));
    }

    /// <summary>What callers write may stand in a record: it neither hides it nor reaches the terminal.</summary>
    [Fact]
    public async Task Hostile_text_is_printed_as_what_it_is_and_hides_no_record()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200));
        var body = Record("1", identity: "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_a_0123456789abcdef/=\\u001b[31m[red]@x").Replace(
            "\"schemaType\"", $"\"body\":{deep},\"body\":1,\"schemaType\"", StringComparison.Ordinal);
        var file = File("log.jsonl", body + "\n{\"\\ud800\":1}\nnonsense\n{\"schemaType\":\"ModelInvocationLog\"}\n");

        var run = await Tool.RunAsync("ai", "spend", file);
        var csv = await Tool.RunAsync("ai", "spend", file, "--csv");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("1 call, ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out + run.Error + csv.Out, letter => char.IsControl(letter) && letter is not '\n');
        Assert.Contains("line 2: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 3: is no JSON", run.Error, StringComparison.Ordinal);
        Assert.Contains("requestId is missing; accountId is missing", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("3 records could not be read and are not in the sums.", run.Error, StringComparison.Ordinal);
        Assert.Contains(",person/=", csv.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_such_file_is_told_with_its_name()
    {
        foreach (var (path, words) in new[]
        {
            (File("a.txt", "AccountId,BudgetValue\n1,2\n"), "is no JSON, neither whole nor a line at a time"),
            (folder.FullName, "is a folder; name the files in it"),
            (Path.Combine(folder.FullName, "none"), "cannot be read"),
            (Cut("cut.json.gz"), "is no whole gzip file"),
        })
        {
            var run = await Tool.RunAsync("ai", "spend", path);
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.True(run.Error.ReplaceLineEndings(" ").Contains(words, StringComparison.Ordinal), run.Error);
        }

        var empty = await Tool.RunAsync("ai", "spend", File("empty.jsonl", ""));
        Assert.Contains("No record of the model invocation log was read.", empty.Error, StringComparison.Ordinal);
        var prices = await Tool.RunAsync("ai", "prices", "--prices", File("wrong.json", Prices.Replace("0.8", "-1", StringComparison.Ordinal)));
        Assert.Contains("input is -1; write USD for a million tokens", prices.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printed_list_of_prices_is_a_file_of_prices()
    {
        var printed = await Tool.RunAsync("ai", "prices", "--json");
        var again = await Tool.RunAsync("ai", "prices", "--json", "--prices", File("prices.json", printed.Out));
        var table = await Tool.RunAsync("ai", "prices");

        Assert.Equal(printed.Out, again.Out);
        Assert.Matches(@"(?m)^amazon\.nova-pro-v1:0 +us-east-1 +Regional +0\.8 +3\.2 ", table.Out);
        var csv = (await Tool.RunAsync("ai", "prices", "--csv")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("model,region,kind,input,output,cacheRead,cacheWrite,on,source", csv[0]);
        Assert.Equal(JsonNode.Parse(printed.Out)!.AsArray().Count, csv.Length - 1);
        Assert.Contains(csv, line => line.StartsWith("amazon.nova-pro-v1:0,us-east-1,Regional,0.8,3.2,", StringComparison.Ordinal));
    }

    private static string Record(string request, string model = Nova, string identity = Alice) =>
        $$$"""{"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-11-29T06:30:00Z","accountId":"111122223333","region":"us-east-1","""
            + $$$""" "requestId":"{{{request}}}","operation":"Converse","modelId":"{{{model}}}","identity":{"arn":"{{{identity}}}"},"""
            + """ "input":{"inputTokenCount":1000},"output":{"outputTokenCount":250}}""";

    private string File(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string Packed(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        using var gzip = new GZipStream(System.IO.File.Create(path), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private string Cut(string name)
    {
        var path = Packed(name, Record("1"));
        System.IO.File.WriteAllBytes(path, System.IO.File.ReadAllBytes(path)[..40]);
        return path;
    }
}
