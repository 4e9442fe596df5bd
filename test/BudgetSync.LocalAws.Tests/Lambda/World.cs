using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Lambda;

/// <summary>A stepped cloud with a clock of its own: nothing happens until a test lets it, and then everything does, in one order.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Management = "999999999999";
    public const string Spoke = "111122223333";

    public World(Func<AwsCall, TimeSpan>? latency = null, HttpMessageHandler? outside = null)
    {
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, Stepped = true, Latency = latency, Outside = outside });
    }

    public VirtualClock Clock { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public LocalCloud Cloud { get; }

    /// <summary>The payloads each function was invoked with, in order, by its name.</summary>
    public ConcurrentDictionary<string, List<JsonNode>> Received { get; } = new();

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    /// <summary>Creates a function with a role that has these permissions. Its code writes down what it is given and answers as told.</summary>
    public string Function(
        string account,
        string name,
        Func<JsonNode, InvocationContext, Task<string>> run,
        string[]? allowed = null,
        Func<FunctionDefinition, FunctionDefinition>? shape = null) =>
        Function(account, name, _ => run, allowed, shape);

    public string Function(
        string account,
        string name,
        Func<FunctionEnvironment, Func<JsonNode, InvocationContext, Task<string>>> create,
        string[]? allowed = null,
        Func<FunctionDefinition, FunctionDefinition>? shape = null)
    {
        var role = Cloud.Iam.PutRole(account, Policies.Role($"{name}Role", allowed ?? []));
        var received = Received.GetOrAdd(name, _ => []);
        Cloud.Lambda.RegisterInProcess(name, environment =>
        {
            var run = create(environment);
            return async (payload, context) =>
            {
                var input = JsonNode.Parse(payload.Span)!;
                lock (received) received.Add(input);
                return Encoding.UTF8.GetBytes(await run(input, context));
            };
        });
        var definition = new FunctionDefinition(account, name, role.Arn, name);
        return Cloud.Lambda.PutFunction(shape?.Invoke(definition) ?? definition);
    }

    /// <summary>A function that succeeds with <c>{"ok":true}</c>.</summary>
    public string Function(string account, string name, string[]? allowed = null, Func<FunctionDefinition, FunctionDefinition>? shape = null) =>
        Function(account, name, (_, _) => Task.FromResult("""{"ok":true}"""), allowed, shape);

    /// <summary>Lets a rule invoke a function.</summary>
    public void LetRuleInvoke(string account, string function, string ruleArn) =>
        Cloud.Lambda.PutPermission(account, function, "rule", new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = "events.amazonaws.com" },
            ["Action"] = "lambda:InvokeFunction",
            ["Condition"] = new JsonObject { ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = ruleArn } },
        });

    /// <summary>A rule on a bus with one function of the same account as its target, permission included.</summary>
    public void RuleToFunction(string account, string bus, string pattern, string function, Func<RuleTarget, RuleTarget>? shape = null)
    {
        var target = new RuleTarget("function", $"arn:aws:lambda:us-east-1:{account}:function:{function}");
        var arn = Cloud.EventBridge.PutRule(
            new Rule(account, bus, $"to-{function}") { Pattern = EventPattern.Parse(pattern), Targets = [shape?.Invoke(target) ?? target] });
        LetRuleInvoke(account, function, arn);
    }

    public string Queue(string account, string name, string? policyPrincipal = null)
    {
        var attributes = new Dictionary<string, string>();
        if (policyPrincipal is not null)
            attributes["Policy"] =
                $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","P"""
                    + $$"""rincipal":{"Service":"{{policyPrincipal}}"},"Action":"sqs:SendMessage","Resource":"*"}]}""";
        Cloud.Sqs.PutQueue(account, name, attributes);
        return $"arn:aws:sqs:us-east-1:{account}:{name}";
    }

    public async Task PutEventAsync(string account, string bus, string source, string detail = "{}")
    {
        using var api = new Api(Cloud, account);
        var answer = await api.JsonAsync("AWSEvents.PutEvents", new JsonObject
        {
            ["Entries"] = new JsonArray(new JsonObject { ["Source"] = source, ["DetailType"] = "Test", ["Detail"] = detail, ["EventBusName"] = bus }),
        });
        Assert.Equal(0, answer["FailedEntryCount"]!.GetValue<int>());
    }

    public async Task InvokeEventAsync(string account, string function, string payload = "{}")
    {
        using var api = new Api(Cloud, account);
        using var response = await api.RestAsync("POST", $"/2015-03-31/functions/{function}/invocations", payload, headers: ("X-Amz-Invocation-Type", "Event"));
        Assert.Equal(202, (int)response.StatusCode);
    }

    /// <summary>Runs what is ready now, without moving the clock.</summary>
    public async Task RunReadyAsync()
    {
        while (Cloud.Work.Ready.Count > 0) await Cloud.Work.RunOneAsync(0);
        Assert.Empty(Cloud.Work.Failures);
    }

    /// <summary>Runs everything to its end, moving the clock to whatever is due next.</summary>
    public async Task SettleAsync()
    {
        await RunReadyAsync();
        while (Cloud.Work.NextDue is { } due)
        {
            Clock.AdvanceTo(due);
            await RunReadyAsync();
        }
    }
}
