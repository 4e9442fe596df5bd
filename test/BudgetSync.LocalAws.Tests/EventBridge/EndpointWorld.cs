using System.Net;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Tests.Iam;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

/// <summary>A request that an endpoint got, and when.</summary>
internal sealed record EndpointHit(DateTimeOffset At, string Method, string Address, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A cloud with a connection, an API destination and a rule to it; the endpoint is in the same process and answers as a test says.</summary>
internal sealed class EndpointWorld : IAsyncDisposable
{
    public const string Account = World.Spoke;
    public const string Secret = "planted-secret-5f1d";

    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private readonly Endpoint endpoint;

    public EndpointWorld(HttpMessageHandler? outside = null)
    {
        endpoint = new Endpoint(this);
        World = new World(outside: outside ?? endpoint);
        Dead = World.Queue(Account, "dead", "events.amazonaws.com");
        Api = new Api(World.Cloud, Account);
    }

    public World World { get; }

    public Api Api { get; }

    /// <summary>The ARN of the rule's dead-letter queue.</summary>
    public string Dead { get; }

    public List<EndpointHit> Hits { get; } = [];

    /// <summary>What the endpoint answers to the request with this number, from 1 on.</summary>
    public Func<int, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.OK);

    /// <summary>True: it does not answer at all.</summary>
    public bool IsSilent { get; set; }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await World.DisposeAsync();
        endpoint.Dispose();
    }

    public static JsonObject ApiKey(string value = Secret, string more = "{}") => new()
    {
        ["Name"] = "chat",
        ["AuthorizationType"] = "API_KEY",
        ["AuthParameters"] = new JsonObject
        {
            ["ApiKeyAuthParameters"] = new JsonObject { ["ApiKeyName"] = "Authorization", ["ApiKeyValue"] = value },
            ["InvocationHttpParameters"] = JsonNode.Parse(more),
        },
    };

    /// <summary>Makes everything on the way to the endpoint.</summary>
    /// <returns>The destination's ARN.</returns>
    public async Task<string> ConnectAsync(
        JsonObject? connection = null, int? perSecond = null, bool allowed = true, Func<RuleTarget, RuleTarget>? shape = null, string method = "POST")
    {
        var made = await Api.JsonAsync("AWSEvents.CreateConnection", connection ?? ApiKey());
        var input = new JsonObject
        {
            ["Name"] = "chat",
            ["ConnectionArn"] = made["ConnectionArn"]!.ToString(),
            ["InvocationEndpoint"] = "https://chat.example.com/post?a=1",
            ["HttpMethod"] = method,
        };
        if (perSecond is { } rate) input["InvocationRateLimitPerSecond"] = rate;
        var destination = (await Api.JsonAsync("AWSEvents.CreateApiDestination", input))["ApiDestinationArn"]!.ToString();
        var role = World.Cloud.Iam.PutRole(
            Account,
            Policies.Role("Deliver", Trust, allowed ? [Policies.Allow("events:InvokeApiDestination", destination)] : []));
        var target = new RuleTarget("chat", destination) { RoleArn = role.Arn, InputPath = "$.detail", DeadLetterArn = Dead };
        World.Cloud.EventBridge.PutRule(new Rule(Account, "default", "chat")
        {
            Pattern = EventPattern.Parse("""{"source":["test"]}"""),
            Targets = [shape?.Invoke(target) ?? target],
        });
        return destination;
    }

    public Task PutAsync(string detail = """{"text":"hello"}""") => World.PutEventAsync(Account, "default", "test", detail);

    public string? DeadAttribute(string name) => World.Cloud.Sqs.Messages(Dead).Single().Attributes[name]?["StringValue"]?.ToString();

    private sealed class Endpoint(EndpointWorld world) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
                .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            world.Hits.Add(new EndpointHit(world.World.Clock.GetUtcNow(), request.Method.Method, request.RequestUri!.ToString(), headers, body));
            if (world.IsSilent) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return world.Answer(world.Hits.Count);
        }
    }
}
