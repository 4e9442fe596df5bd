using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>
/// Whatever comes, the answer is one of AWS's: an operation's own, or an error in its protocol. Driven by the list of all operations, so that a new one is
/// fuzzed by being there. The seed and the request that failed are in the message; <c>BUDGETSYNC_FUZZ_SEEDS=17</c> runs that seed alone.
/// </summary>
public sealed class FuzzTests
{
    /// <summary>Each seed is a cloud of its own with this many requests one after another.</summary>
    private const int Requests = 40;

    /// <summary>Which seeds run: <c>17</c> to look at one again, <c>100-2000</c> for a long search by hand.</summary>
    private static readonly int[] Seeds =
    [
        .. (Environment.GetEnvironmentVariable("BUDGETSYNC_FUZZ_SEEDS") ?? "1-8").Split('-').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture)),
    ];

    public static TheoryData<string> Operations()
    {
        var names = new TheoryData<string>();
        foreach (var operation in FuzzedOperation.All(new LocalCloud())) names.Add(operation.Name);
        return names;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Whatever_is_sent_to_an_operation_is_answered_as_AWS_would(string name)
    {
        foreach (var seed in Enumerable.Range(Seeds[0], Seeds[^1] - Seeds[0] + 1))
        {
            await using var world = await FuzzCloud.CreateAsync();
            var operation = FuzzedOperation.All(world.Cloud).Single(candidate => candidate.Name == name);
            var fuzzer = new RequestFuzzer(operation, world, new Random((seed * 7919) + Hash(name)));
            for (var number = 0; number < Requests; number++)
            {
                var request = fuzzer.Next();
                var problem = await ProblemAsync(world, request);
                Assert.True(problem is null, $"seed {seed}, request {number} of {name}: {problem}\n{Shown(request)}");
            }
        }
    }

    [Fact]
    public async Task Every_operation_has_a_known_request_that_is_accepted()
    {
        var missing = new HashSet<string>(FuzzedOperation.All(new LocalCloud()).Select(operation => operation.Name));
        var refused = new List<string>();
        missing.ExceptWith(KnownRequests.Setup.Select(request => request.Name));
        foreach (var request in KnownRequests.Others)
        {
            await using var world = await FuzzCloud.CreateAsync();
            var (status, body) = await world.SendAsync(RequestText.Of(world.Find(request), world.Resolved(request.Input), request.Account));
            missing.Remove(request.Name);
            if (status != 200) refused.Add($"{request.Name} answered {status}: {body}");
        }

        Assert.True(refused.Count == 0, string.Join('\n', refused));
        Assert.Empty(missing);
    }

    /// <summary>What is wrong with the answer; null where nothing is.</summary>
    private static async Task<string?> ProblemAsync(FuzzCloud world, WireRequest request)
    {
        try
        {
            var answer = await world.AnswerAsync(request);
            var body = Encoding.UTF8.GetString(answer.Body);
            if (answer.Status is not (>= 200 and < 300 or >= 400 and < 500)) return $"status {answer.Status}: {body}";
            return answer.Status < 300 ? null : ErrorProblem(answer, body);
        }
#pragma warning disable CA1031 // Any exception at all is what this test looks for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.ToString();
        }
    }

    private static string? ErrorProblem(WireResponse answer, string body)
    {
        try
        {
            if (answer.ContentType is "text/xml" or "application/xml")
                return XElement.Parse(body).Descendants("Code").Single().Value.Length > 0 ? null : $"an error without a code: {body}";
            var error = JsonNode.Parse(body)!.AsObject();
            var code = error["__type"]?.ToString() ?? answer.Headers.GetValueOrDefault("x-amzn-ErrorType") ?? error["errorType"]?.ToString();
            return string.IsNullOrEmpty(code) ? $"an error without a code: {body}" : null;
        }
        catch (Exception exception) when (exception is XmlException or JsonException)
        {
            return $"{exception.Message} in the answer {body}";
        }
    }

    private static string Shown(WireRequest request)
    {
        var body = Encoding.UTF8.GetString(request.Body);
        var shown = body.Length > 2000 ? $"{body[..2000]}… ({body.Length} characters)" : body;
        return $"{request.Method} {request.Path}\n{string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n\n{shown}";
    }

    /// <summary>Of a text, the same in every process.</summary>
    private static int Hash(string text) => text.Aggregate(17, static (hash, letter) => unchecked((hash * 31) + letter) & 0xFFFFFF);
}
