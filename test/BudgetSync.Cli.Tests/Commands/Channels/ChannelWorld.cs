using System.Text.Json.Nodes;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>A LocalAws on its port with what a deployment with channels leaves there, and their providers on loopback.</summary>
internal sealed class ChannelWorld : IAsyncDisposable
{
    public const string Account = "999999999999";
    public const string Secret = "planted-9a3b";

    private readonly LoopbackEndpoints outside;

    private ChannelWorld(LoopbackProvider provider)
    {
        Provider = provider;
        outside = new LoopbackEndpoints(new Dictionary<string, Uri>
        {
            ["slack.com"] = provider.Address,
            ["events.pagerduty.com"] = provider.Address,
            ["example.service-now.com"] = provider.Address,
            ["teams.example.com"] = provider.Address,
        });
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, Outside = outside });
    }

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 12, 12, 0, 0, TimeSpan.Zero));

    public LocalCloud Cloud { get; }

    public LoopbackProvider Provider { get; }

    public Dictionary<string, string> Environment { get; } = new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = Account,
        ["AWS_SECRET_ACCESS_KEY"] = "any",
    };

    public static async Task<ChannelWorld> CreateAsync(Func<ProviderRequest, ProviderAnswer>? answer = null)
    {
        var world = new ChannelWorld(await LoopbackProvider.StartAsync(answer ?? Taken));
        world.Environment["AWS_ENDPOINT_URL"] = (await world.Cloud.ListenAsync(0, CancellationToken.None)).ToString();
        world.Cloud.EventBridge.PutBus(Account, "BudgetSync");
        await world.ParameterAsync("/BudgetSync/Stack", """{"BudgetName":"b","EmailRecipient":"a@example.com","Channels":"finops,pager,tickets,teams,mail"}""");
        await world.ParameterAsync("/BudgetSync/Channels", """
            [{"name":"finops","kind":"Slack","perHour":20,"conversation":"C0123456789","endpoint":"https://slack.com/api/chat.postMessage","secret":"slack"},
             {"name":"pager","kind":"PagerDuty","perHour":60,"endpoint":"https://events.pagerduty.com/v2/enqueue","secret":"pager"},
             {"name":"tickets","kind":"ServiceNow","perHour":20,"endpoint":"https://example.service-now.com/api/now/table/incident","secret":"itsm"},
             {"name":"teams","kind":"Teams","perHour":20,"endpoint":"https://teams.example.com/flow?v=1","secret":"teams"},
             {"name":"mail","kind":"Email","perHour":20}]
            """);
        world.Cloud.Secrets.PutSecret(Account, "slack", $$"""{"token":"{{Secret}}"}""");
        world.Cloud.Secrets.PutSecret(Account, "pager", $$"""{"routingKey":"{{Secret}}"}""");
        world.Cloud.Secrets.PutSecret(Account, "itsm", $$"""{"username":"robot","password":"{{Secret}}"}""");
        world.Cloud.Secrets.PutSecret(Account, "teams", $$"""{"sig":"{{Secret}}"}""");
        foreach (var name in new[] { "finops", "pager", "tickets", "teams" }) await world.ConnectAsync(name);
        foreach (var topic in new[] { "BudgetSync-Channel-mail", "BudgetSync-Operations" })
        {
            var mail = world.Cloud.Sns.Subscribe(world.Cloud.Sns.PutTopic(Account, topic), "email", "ops@example.com");
            world.Cloud.Sns.Confirm(mail.Arn);
        }

        return world;
    }

    /// <summary>A connection, an API destination and a rule as the stack makes them.</summary>
    public async Task ConnectAsync(string channel)
    {
        var connection = await CallAsync(Cloud.EventBridge, "CreateConnection", new JsonObject
        {
            ["Name"] = $"BudgetSync-Channel-{channel}",
            ["AuthorizationType"] = "API_KEY",
            ["AuthParameters"] = JsonNode.Parse("""{"ApiKeyAuthParameters":{"ApiKeyName":"Authorization","ApiKeyValue":"x"}}"""),
        });
        var destination = await DestinationAsync(channel, connection["ConnectionArn"]!.ToString());
        await CallAsync(Cloud.EventBridge, "PutRule", new JsonObject
        {
            ["Name"] = $"BudgetSync-Alerts-{channel}",
            ["EventBusName"] = "BudgetSync",
            ["EventPattern"] = $$$"""{"detail":{"channel":["{{{channel}}}"]}}""",
        });
        await CallAsync(Cloud.EventBridge, "PutTargets", new JsonObject
        {
            ["Rule"] = $"BudgetSync-Alerts-{channel}",
            ["EventBusName"] = "BudgetSync",
            ["Targets"] = new JsonArray(new JsonObject
            {
                ["Id"] = "Channel",
                ["Arn"] = destination["ApiDestinationArn"]!.ToString(),
                ["RoleArn"] = $"arn:aws:iam::{Account}:role/BudgetSync-Channel",
            }),
        });
    }

    public Task<JsonObject> DestinationAsync(string channel, string connectionArn) => CallAsync(Cloud.EventBridge, "CreateApiDestination", new JsonObject
    {
        ["Name"] = $"BudgetSync-Channel-{channel}",
        ["ConnectionArn"] = connectionArn,
        ["InvocationEndpoint"] = "https://example.com/",
        ["HttpMethod"] = "POST",
    });

    public Task<JsonObject> DescribeAsync(string operation, string channel) =>
        CallAsync(Cloud.EventBridge, operation, new JsonObject { ["Name"] = $"BudgetSync-Channel-{channel}" });

    public Task DisconnectAsync(string channel) => EventsAsync("DeleteConnection", $$"""{"Name":"BudgetSync-Channel-{{channel}}"}""");

    public Task EventsAsync(string operation, string input) => CallAsync(Cloud.EventBridge, operation, JsonNode.Parse(input)!.AsObject());

    public Task ParameterAsync(string name, string value) => CallAsync(
        Cloud.Ssm, "PutParameter", new JsonObject { ["Name"] = name, ["Type"] = "String", ["Value"] = value, ["Overwrite"] = true });

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        outside.Dispose();
        await Provider.DisposeAsync();
    }

    /// <summary>As each provider answers where all is well; of Slack the whole message, beyond what a screen has room for.</summary>
    private static ProviderAnswer Taken(ProviderRequest request) =>
        new(200, request.Host == "slack.com" ? SlackApi.Posted(request.Json, DateTimeOffset.UnixEpoch) : "{}");

    private Task<JsonObject> CallAsync(AwsService service, string operation, JsonObject input) => Cloud.Gateway.InvokeAsync(
        service, new AwsCall(service.SigningName, operation, Caller.Root(Account), "us-east-1", input), CancellationToken.None);
}
