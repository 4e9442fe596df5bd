using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.IdentityManagement;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Metering;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>An account with the table of what models cost, and the Meter wired to it without a function around it.</summary>
internal sealed class MeteredWorld : IAsyncDisposable
{
    public const string Account = "111122223333";
    public const string Table = "BudgetSync-Ai";
    public const string Parameter = "/BudgetSync/Budgets";
    public const string Nova = "amazon.nova-pro-v1:0";

    /// <summary>The policy of suspended people as the stack makes it.</summary>
    public const string NobodyDenied =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"bedrock:*","Resource":"*","Condition":{"StringLike":{"aws:userid":["-"]}}}]}""";

    /// <summary>The policy of suspended users and roles as the stack makes it.</summary>
    public const string SuspensionText = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"bedrock:InvokeModel","Resource":"*"}}""";

    private const string HubRole = "BudgetSyncSpokeRole";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:AssumeRole"}}""";

    private const string Write = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ssm:PutParameter","Resource":"*"}}""";

    private readonly AwsClients clients;
    private int requests;
    private string suspension = SuspensionText;

    private MeteredWorld()
    {
        Clock = new ImmediateClock(new DateTimeOffset(2026, 11, 29, 10, 30, 0, TimeSpan.Zero));
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, ManagementAccountId = "999999999999" });
        var variables = new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = Account,
            ["AWS_SECRET_ACCESS_KEY"] = "x",
            ["AWS_ENDPOINT_URL"] = "http://aws.localhost",
        };
        clients = new AwsClients(variables, Cloud.CreateHandler());
        Log = new JsonLog(Output, Clock);
    }

    public ImmediateClock Clock { get; }

    public LocalCloud Cloud { get; }

    /// <summary>IAM as somebody of the account uses it.</summary>
    public IAmazonIdentityManagementService Identities => clients.Identities;

    public MemoryStream Output { get; } = new();

    public JsonLog Log { get; }

    /// <param name="suspension">The policy of suspended users and roles as the stack makes it.</param>
    public static async Task<MeteredWorld> CreateAsync(string suspension = SuspensionText)
    {
        var world = new MeteredWorld { suspension = suspension };
        world.Cloud.Iam.PutManagedPolicy(Account, ModelSuspension.Policy, PolicyDocument.Parse(suspension), "/BudgetSync/");
        world.Cloud.Iam.PutRole(Account, new RoleDefinition(HubRole, PolicyDocument.Parse(Trust))
        {
            Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("Parameter", PolicyDocument.Parse(Write)),
        });
        world.Cloud.Iam.PutManagedPolicy(Account, PeoplePolicy.Name, PolicyDocument.Parse(NobodyDenied), "/BudgetSync/");
        await world.clients.Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = [new("Part", "S"), new("Item", "S")],
            KeySchema = [new("Part", "HASH"), new("Item", "RANGE")],
        });
        return world;
    }

    /// <summary>The stack is deployed with another policy of suspended users and roles.</summary>
    public void Deploy(string text)
    {
        suspension = text;
        Cloud.Iam.PutManagedPolicy(Account, ModelSuspension.Policy, PolicyDocument.Parse(text), "/BudgetSync/");
    }

    /// <summary>A Meter as a new instance of the function has it.</summary>
    public CallMeter Meter(int seed = 1)
    {
        var caller = new BudgetSync.Aws.Calls.AwsCaller(Clock, new Random(seed), Log);
        var table = new AiTable(clients.Dynamo, Table, caller);
        return new CallMeter(AccountId.Parse(Account), PriceList.BuiltIn, new ModelProfiles(clients.Models("us-east-1"), caller, Log), table, caller, Log);
    }

    /// <summary>What keeps the budgets, as a new instance of the function has it.</summary>
    public ModelBudgets Budgets(int seed = 1)
    {
        var caller = new BudgetSync.Aws.Calls.AwsCaller(Clock, new Random(seed), Log);
        var principals = new AccountPrincipals(clients.Identities, AccountId.Parse(Account), "aws", caller);
        return new ModelBudgets(
            AccountId.Parse(Account),
            new AskedModels(
                clients.OwnSystems,
                Parameter,
                new HubVersions(new WrittenVersions(clients.OwnSystems, Parameter, caller), HubRole, AccountId.Parse(Account), "aws"),
                AccountId.Parse(Account),
                new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", null),
                caller,
                Log),
            new AiTable(clients.Dynamo, Table, caller),
            new ModelSuspension(
                clients.Identities,
                principals,
                new SuspendedPeople(clients.Identities, principals, PolicyDigest.Of(NobodyDenied)!, caller), // It is JSON.
                PolicyDigest.Of(suspension)!, // As above.
                caller),
            [
                Invocations(caller),
            ],
            caller,
            Log);
    }

    /// <summary>Bedrock as somebody of the account uses it.</summary>
    public Amazon.Bedrock.IAmazonBedrock Models => clients.Models("us-east-1");

    /// <summary>The logging of the only Region.</summary>
    public InvocationLog Invocations(BudgetSync.Aws.Calls.AwsCaller? caller = null) => new(
        "us-east-1",
        clients.Models("us-east-1"),
        clients.Logs("us-east-1"),
        "/BudgetSync/ModelInvocations",
        $"arn:aws:iam::{Account}:role/BudgetSync-ModelLogs",
        caller ?? new BudgetSync.Aws.Calls.AwsCaller(Clock, new Random(1), Log),
        Log);

    /// <summary>Writes the parameter as the hub does, with this under Ai; or as somebody of the account.</summary>
    public Task AskAsync(string ai, Caller? by = null)
    {
        const string budget = """{"BudgetName":"SpokeAccountBudget","BudgetValue":1000,"EmailRecipients":["finops@example.com"],"Thresholds":[80]}""";
        return CallAsync("PutParameter", by ?? Session(HubRole, "BudgetSync"), new JsonObject
        {
            ["Name"] = Parameter,
            ["Type"] = "String",
            ["Overwrite"] = true,
            ["Value"] = $$"""{"Ai":{{ai}},"Budgets":[{{budget}}],"Version":1}""",
        });
    }

    /// <summary>Deletes the parameter, which the hub never does.</summary>
    public Task DeleteParameterAsync() => CallAsync("DeleteParameter", Caller.Root(Account), new JsonObject { ["Name"] = Parameter });

    private Task<JsonObject> CallAsync(string operation, Caller caller, JsonObject input) =>
        Cloud.Gateway.InvokeAsync(Cloud.Ssm, new AwsCall("ssm", operation, caller, "us-east-1", input), CancellationToken.None);

    /// <summary>Counts calls of a principal that cost so much, and lets the budgets decide.</summary>
    public async Task SpendAsync(string role, decimal dollars)
    {
        // A million tokens in are $0.80 of that model by the list.
        await Meter().CountAsync(Batch(Record(role, input: (long)(dollars * 1_000_000 / 0.8m), output: 0)), default);
        await Budgets().SettleAsync(default);
    }

    public static string RoleOf(string permissionSet) => $"AWSReservedSSO_{permissionSet}_0123456789abcdef";

    /// <summary>As IAM Identity Center makes the role of a permission set.</summary>
    /// <param name="refers">To the policy of suspended people.</param>
    /// <returns>The role's name.</returns>
    public string AddPermissionSet(string name, bool refers)
    {
        const string trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}""";
        const string all = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
        Cloud.Iam.PutRole(Account, new RoleDefinition(RoleOf(name), PolicyDocument.Parse(trust))
        {
            Path = "/aws-reserved/sso.amazonaws.com/",
            Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(all)),
            ManagedPolicyArns = refers ? [$"arn:aws:iam::{Account}:policy/BudgetSync/{PeoplePolicy.Name}"] : [],
        });
        return RoleOf(name);
    }

    /// <summary>Whether IAM lets a session of a role call a model.</summary>
    public bool May(string role, string session) => Cloud.Iam.IsAllowed(
        new Caller(Account, Cloud.Iam.FindRole(Account, role)!.Arn, $"arn:aws:sts::{Account}:assumed-role/{role}/{session}"), // Added before.
        new IamRequest("bedrock:InvokeModel", "*"));

    /// <summary>The budgets decide, and where they stand is told.</summary>
    public async Task<SettledBudgets> TellAsync()
    {
        var settled = (await Budgets().SettleAsync(default))!.Value; // The parameter can be read.
        await Budgets().ToldAsync(settled, default);
        return settled;
    }

    /// <summary>Lets time pass, and the budgets decide.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Budgets().SettleAsync(default);
    }

    public async Task<string> StateAsync(string subject) => (await ItemsAsync("S#")).GetValueOrDefault(subject)?["State"].S ?? "";

    /// <summary>All that is kept of a subject's state, as JSON.</summary>
    public async Task<string> DetailAsync(string subject) => (await ItemsAsync("S#")).GetValueOrDefault(subject)?["Detail"].S ?? "";

    /// <summary>A record of a call, each with a request of its own.</summary>
    public string Record(
        string role = "DataScience", string model = Nova, long input = 1000, long output = 100, string? requestId = null, TimeSpan ago = default,
        string session = "session") =>
        BedrockService.Record(
            new ModelCall(role.StartsWith("BedrockAPIKey-", StringComparison.Ordinal) ? KeyUser(role) : Session(role, session), model, input, output),
            "us-east-1",
            requestId ?? string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Interlocked.Increment(ref requests):d12}"),
            Clock.GetUtcNow() - ago).ToJsonString();

    public static Caller Session(string role, string session = "session") =>
        new(Account, $"arn:aws:iam::{Account}:role/{role}", $"arn:aws:sts::{Account}:assumed-role/{role}/{session}");

    public static Caller KeyUser(string name) => new(Account, $"arn:aws:iam::{Account}:user/{name}", $"arn:aws:iam::{Account}:user/{name}");

    public static LogBatch Batch(params IEnumerable<string> messages) =>
        new("/aws/bedrock", false, [.. messages.Select((message, index) => new DeliveredEvent($"{index:d56}", message))]);

    /// <summary>As CloudWatch Logs hands it to a function.</summary>
    public static JsonElement Packed(string type, params string[] messages)
    {
        var events = new JsonArray([.. messages.Select((message, index) => (JsonNode)new JsonObject
        {
            ["id"] = $"{index:d56}", ["timestamp"] = 1, ["message"] = message,
        })]);
        var batch = new JsonObject { ["messageType"] = type, ["logGroup"] = "/g", ["logStream"] = "s", ["logEvents"] = events };
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(batch.ToJsonString()));
        var payload = new JsonObject { ["awslogs"] = new JsonObject { ["data"] = Convert.ToBase64String(packed.ToArray()) } };
        return JsonDocument.Parse(payload.ToJsonString()).RootElement;
    }

    /// <summary>The items of one day, or of any other part of the table, by their sort key.</summary>
    public async Task<IReadOnlyDictionary<string, Dictionary<string, AttributeValue>>> ItemsAsync(string part = "D#2026-11-29")
    {
        var items = await clients.Dynamo.QueryAsync(new QueryRequest
        {
            TableName = Table,
            KeyConditionExpression = "Part = :part",
            ExpressionAttributeValues = new() { [":part"] = new AttributeValue(part) },
        });
        return items.Items.ToDictionary(item => item["Item"].S, StringComparer.Ordinal);
    }

    public async Task<decimal> SumAsync(string attribute = "Cost") =>
        (await ItemsAsync()).Values.Sum(item => item.TryGetValue(attribute, out var value) ? decimal.Parse(value.N, CultureInfo.InvariantCulture) : 0);

    public async ValueTask DisposeAsync()
    {
        clients.Dispose();
        await Cloud.DisposeAsync();
    }
}
