using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.LocalAws.Tests.Fuzz;

namespace BudgetSync.Functions.Tests;

/// <summary>
/// Whatever event a function is given, it does its work, leaves out what it cannot read, or says by <see cref="ArgumentException"/> what is wrong with the
/// event. An <see cref="AwsFaultException"/> is the answer of a service that could not be reached, a custom resource's URL included.
/// </summary>
public sealed class EventFuzzTests
{
    private const int Events = 400;
    private const string Hostile = "@@hostile@@";

    private static readonly string[] Known =
    [
        """
        {"Records":[{"eventID":"1","eventName":"MODIFY","dynamodb":{"ApproximateCreationDateTime":1772446508,"Keys":{"AccountId":{"S":"111111111111"}},
          "NewImage":{"AccountId":{"S":"111111111111"},"BudgetValue":{"N":"5"}},"SequenceNumber":"100000000000000000001","SizeBytes":42}}]}
        """,
        """{"Records":[{"dynamodb":{"Keys":{"AccountId":{"S":"default"}},"SequenceNumber":"2"}},{"dynamodb":{"Keys":{},"SequenceNumber":"3"}}]}""",
        """{"accounts":["111111111111"],"force":true,"since":"2026-01-02T03:04:05Z"}""",
        """{"source":"aws.organizations","detail":{"eventName":"MoveAccount","requestParameters":{"accountId":"111111111111","sourceParentId":"r-local"}}}""",
        """
        {"source":"aws.organizations","detail":{"responseElements":{"handshake":{"parties":[{"id":"111111111111","type":"ACCOUNT"},{"id":"o-a","type":"X"}]}}}}
        """,
        """
        {"source":"lambda","detail-type":"Lambda Function Invocation Result - Success","account":"111111111111","time":"2026-01-02T03:04:05Z",
          "detail":{"requestPayload":{"RequestType":"Create"},"responseContext":{"statusCode":200},"responsePayload":{"accountId":"111111111111",
          "outcome":"Applied","revision":"0123456789abcdef","parameterVersion":3,"at":"2026-01-02T03:04:05Z","reasons":["one"],
          "budgets":[{"name":"SpokeAccountBudget","limit":1500.5,"currency":"USD","actual":12.5,"forecast":null}]}}}
        """,
        """
        {"source":"lambda","detail-type":"Lambda Function Invocation Result - Failure","account":"111111111111","time":"2026-01-02T03:04:05Z",
          "detail":{"requestContext":{"condition":"RetriesExhausted"},"responseContext":{"functionError":"Unhandled"},
          "responsePayload":{"errorType":"T","errorMessage":"m"}}}
        """,
        """{"source":"aws.ssm","detail-type":"Parameter Store Change","account":"111111111111","detail":{"operation":"Update","name":"/BudgetSync/Budgets"}}""",
        """{"detail-type":"Scheduled Event","detail":{}}""",
        $$"""
        {"RequestType":"Create","ResponseURL":"{{AnswerCatcher.Url}}","StackId":"arn:aws:cloudformation:us-east-1:111111111111:stack/s/1",
          "RequestId":"r","LogicalResourceId":"FirstApply","PhysicalResourceId":"the-id"}
        """,
    ];

    [Theory]
    [InlineData("Propagate", 1)]
    [InlineData("Propagate", 2)]
    [InlineData("Reconcile", 3)]
    [InlineData("Reconcile", 4)]
    [InlineData("Collect", 5)]
    [InlineData("Collect", 6)]
    [InlineData("Apply", 7)]
    [InlineData("Apply", 8)]
    public async Task Whatever_a_function_is_given_it_works_or_says_what_is_wrong_with_the_event(string function, int seed)
    {
        using var log = new MemoryStream();
        await using var line = await Line.CreateAsync(new ImmediateClock(TimeProvider.System), log);
        await line.EditAsync(Line.Spoke, "1000");
        var random = new Random(seed);
        for (var number = 0; number < Events; number++)
        {
            var payload = Next(random, Known);
            try
            {
                await InvokeAsync(line, function, payload);
            }
            catch (Exception refused) when (refused is ArgumentException { ParamName: "payload" } or AwsFaultException)
            {
                Assert.NotEmpty(refused.Message);
            }
#pragma warning disable CA1031 // Any other exception at all is what this test looks for.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                Assert.Fail($"seed {seed}, event {number} of {function}: {bug}\n{Encoding.UTF8.GetString(payload)}");
            }

            // A bug that one row brings out is caught for the others' sake, and logged.
            var lines = Encoding.UTF8.GetString(log.ToArray());
            var crashed = lines.Contains(nameof(LogEvent.Crashed), StringComparison.Ordinal);
            Assert.False(crashed, $"seed {seed}, event {number} of {function}: {lines}\n{Encoding.UTF8.GetString(payload)}");
            log.SetLength(0);
        }
    }

    /// <summary>The parameter is in reach of the member account's own administrator.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_the_parameter_holds_Apply_reports(int seed)
    {
        await using var line = await Line.CreateAsync(new ImmediateClock(TimeProvider.System));
        await line.EditAsync(Line.Spoke, "1000");
        using var clients = line.As(Line.Spoke);
        var written = (await clients.OwnSystems.GetParameterAsync(new() { Name = "/BudgetSync/Budgets" })).Parameter.Value;
        var random = new Random(seed);
        for (var number = 0; number < Events; number++)
        {
            var text = Encoding.UTF8.GetString(Next(random, [written]));
            if (text.Length is 0 or > 4096 || Encoding.UTF8.GetByteCount(text) > 4096 || text.Contains("{{", StringComparison.Ordinal)) continue;
            await clients.OwnSystems.PutParameterAsync(new() { Name = "/BudgetSync/Budgets", Value = text, Type = "String", Overwrite = true });

            var report = JsonNode.Parse(await InvokeAsync(line, "Apply", "{}"u8.ToArray()))!;

            Assert.True(report["outcome"] is not null, $"seed {seed}, parameter {number}: {text}");
        }
    }

    [Theory]
    [InlineData("Propagate", """{"x":1}""", "no Records")]
    [InlineData("Propagate", "[1", "no JSON")]
    [InlineData("Reconcile", "{", "no JSON")]
    [InlineData("Reconcile", """{"accounts":["\ud800"]}""", "half a character")]
    public async Task An_event_that_is_none_of_its_own_is_refused_in_words(string function, string payload, string words)
    {
        await using var line = await Line.CreateAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => InvokeAsync(line, function, Encoding.UTF8.GetBytes(payload)));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_does_not_keep_the_others_from_their_work()
    {
        await using var line = await Line.CreateAsync();
        await line.EditAsync(Line.Spoke, "1000");
        using var clients = line.As(Line.Spoke);
        await clients.OwnSystems.DeleteParameterAsync(new() { Name = "/BudgetSync/Budgets" });
        using (var management = line.As(Line.Management))
        {
            await management.Dynamo.PutItemAsync(
                new() { TableName = "BudgetSync-Budgets", Item = new() { ["AccountId"] = new() { S = Line.Spoke }, ["BudgetValue"] = new() { N = "2000" } } });
        }

        var answer = await InvokeAsync(line, "Propagate", Encoding.UTF8.GetBytes(
            """{"Records":[null,{},{"dynamodb":{"Keys":{"AccountId":{"S":"111111111111"}},"SequenceNumber":"7"}},{"dynamodb":{"SequenceNumber":"8"}}]}"""));

        Assert.Equal("""{"batchItemFailures":[]}""", Encoding.UTF8.GetString(answer));
        var parameter = await clients.OwnSystems.GetParameterAsync(new() { Name = "/BudgetSync/Budgets" });
        Assert.Contains("2000", parameter.Parameter.Value, StringComparison.Ordinal);
    }

    private static Task<byte[]> InvokeAsync(Line line, string function, byte[] payload) => function switch
    {
        "Propagate" => line.Propagate.InvokeAsync(payload, TimeSpan.FromMinutes(5), CancellationToken.None),
        "Reconcile" => line.Reconcile.InvokeAsync(payload, TimeSpan.FromMinutes(5), CancellationToken.None),
        "Collect" => line.Collect.InvokeAsync(payload, TimeSpan.FromMinutes(5), CancellationToken.None),
        _ => line.Apply.InvokeAsync(payload, TimeSpan.FromMinutes(5), CancellationToken.None),
    };

    /// <summary>An event or document that is random, hostile, damaged, or like one of the known but for a value or two.</summary>
    private static byte[] Next(Random random, string[] all)
    {
        var known = all[random.Next(all.Length)];
        switch (random.Next(8))
        {
            case 0:
                var bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                return bytes;
            case 1:
                return Encoding.UTF8.GetBytes(HostileValues.Json[random.Next(HostileValues.Json.Count)]);
            case 2:
                var damaged = Encoding.UTF8.GetBytes(known);
                for (var times = random.Next(1, 5); times > 0; times--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                return damaged;
            default:
                var node = JsonNode.Parse(known)!;
                for (var times = random.Next(1, 3); times > 0; times--) Replace(node, random);
                return Encoding.UTF8.GetBytes(node.ToJsonString().Replace(
                    $"\"{Hostile}\"", HostileValues.Json[random.Next(HostileValues.Json.Count)], StringComparison.Ordinal));
        }
    }

    /// <summary>One value anywhere in the event becomes another, or goes.</summary>
    private static void Replace(JsonNode root, Random random)
    {
        var places = Places(root).ToList();
        var (parent, key) = places[random.Next(places.Count)];
        if (parent is JsonArray items) items[(int)key] = Hostile;
        else if (random.Next(6) == 0 && parent.AsObject().Count > 1) parent.AsObject().Remove((string)key);
        else parent.AsObject()[(string)key] = Hostile;
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Inside(node, member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, i) => Inside(node, i, item)),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Inside(JsonNode parent, object key, JsonNode? value) =>
        [(parent, key), .. value is null ? [] : Places(value)];
}
