using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Logs;

/// <summary>A log group of account 111122223333, and a function that keeps what it gets.</summary>
internal sealed class SubscribedGroup : IAsyncDisposable
{
    public const string Account = "111122223333";
    public const string Group = "/models";
    public const string FunctionArn = $"arn:aws:lambda:us-east-1:{Account}:function:reader";

    private readonly Lock gate = new();
    private readonly List<JsonObject> received = [];

    private SubscribedGroup()
    {
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock });
        Api = new Api(Cloud, Account);
    }

    public FakeTimeProvider Clock { get; } = new(LocalAws.Tests.Api.Start);

    public LocalCloud Cloud { get; }

    public Api Api { get; }

    /// <summary>What the function got, unpacked.</summary>
    public IReadOnlyList<JsonObject> Received
    {
        get
        {
            lock (gate) return [.. received];
        }
    }

    public static async Task<SubscribedGroup> OpenAsync(string pattern = "")
    {
        var group = new SubscribedGroup();
        var role = group.Cloud.Iam.PutRole(Account, Policies.Role("reader"));
        group.Cloud.Lambda.RegisterInProcess("reader", _ => (payload, _) =>
        {
            lock (group.gate) group.received.Add(Unpack(payload.ToArray()));
            return Task.FromResult("null"u8.ToArray());
        });
        group.Cloud.Lambda.PutFunction(new FunctionDefinition(Account, "reader", role.Arn, "reader"));
        group.Permit();
        await group.CallAsync("CreateLogGroup", new JsonObject { ["logGroupName"] = Group });
        await group.CallAsync("CreateLogStream", new JsonObject { ["logGroupName"] = Group, ["logStreamName"] = "stream" });
        await group.SubscribeAsync("filter", pattern);
        await group.Cloud.Work.WhenIdleAsync();
        return group;
    }

    public void Permit() => Cloud.Lambda.PutPermission(Account, "reader", "logs", JsonNode.Parse(
        $$"""
        {"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"lambda:InvokeFunction",
         "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:{{Account}}:log-group:{{Group}}:*"},
                      "StringEquals":{"aws:SourceAccount":"{{Account}}"} } }
        """)!.AsObject());

    public Task<JsonObject> CallAsync(string operation, JsonObject input) => Api.JsonAsync($"Logs_20140328.{operation}", input);

    public Task SubscribeAsync(string name, string pattern = "") => CallAsync("PutSubscriptionFilter", new JsonObject
    {
        ["logGroupName"] = Group,
        ["filterName"] = name,
        ["filterPattern"] = pattern,
        ["destinationArn"] = FunctionArn,
    });

    public Task<JsonObject> PutAsync(params (DateTimeOffset At, string Message)[] events) => CallAsync("PutLogEvents", new JsonObject
    {
        ["logGroupName"] = Group,
        ["logStreamName"] = "stream",
        ["logEvents"] = new JsonArray([.. events.Select(one => (JsonNode)new JsonObject
        {
            ["timestamp"] = one.At.ToUnixTimeMilliseconds(), ["message"] = one.Message,
        })]),
    });

    public Task<JsonObject> PutAsync(params string[] messages) => PutAsync([.. messages.Select(message => (Clock.GetUtcNow(), message))]);

    /// <summary>The messages of the data that came, batch by batch.</summary>
    public IEnumerable<IReadOnlyList<string>> Batches() => Received.Where(batch => batch["messageType"]!.ToString() == "DATA_MESSAGE")
        .Select(batch => (IReadOnlyList<string>)[.. batch["logEvents"]!.AsArray().Select(one => one!["message"]!.ToString())]);

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Cloud.DisposeAsync();
    }

    private static JsonObject Unpack(byte[] payload)
    {
        var packed = Convert.FromBase64String(JsonNode.Parse(payload)!["awslogs"]!["data"]!.ToString());
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.UTF8);
        return JsonNode.Parse(text.ReadToEnd())!.AsObject();
    }
}
