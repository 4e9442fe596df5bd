using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Logs;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Metering;

/// <summary>An organization on a stepped LocalAws whose two spokes meter models: one by the log of its stack, one by the log that a team had before.</summary>
internal sealed class MeteredWorld : IDisposable
{
    public const string Management = "999999999999";

    public const string Own = "111111111111";

    /// <summary>Its team configured the logging of model invocations before the stack came.</summary>
    public const string Foreign = "222222222222";

    public const string Table = "BudgetSync-Ai";

    /// <summary>A million tokens in are $0.80.</summary>
    public const string Model = "amazon.nova-pro-v1:0";

    public const string KeyUser = "BedrockAPIKey-ab12";

    public static readonly string[] Accounts = [Own, Foreign];

    public static readonly string[] Roles = ["DataScience", "Batch"];

    public static readonly string[] Users = ["alice", "bob"];

    public static readonly string[] People = ["carol@example.com", "dave@example.com"];

    /// <summary>As rows name them.</summary>
    public static readonly string[] Principals =
    [
        .. Roles.Select(role => $"role/{role}"), .. Users.Select(user => $"user/{user}"), .. People.Select(person => $"person/{person}"), KeyUser,
    ];

    /// <summary>The role of the one permission set, which refers to the stack's policy.</summary>
    private const string PermissionSetRole = "AWSReservedSSO_Developer_0123456789abcdef";

    private const string TeamGroup = "/team/bedrock";
    private const string OwnGroup = "/BudgetSync/ModelInvocations";
    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    private readonly Dictionary<string, AwsClients> observers;

    public MeteredWorld(int seed, bool stale)
    {
        Journal = new Journal(Clock);
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, Seed = seed, Stepped = true });
        Faults = new FaultInjector(new Random(unchecked((seed * 31) + 1)), Clock, Journal);
        if (stale) Faults.Stale = new StaleReads(Cloud, new Random(unchecked((seed * 31) + 4)), Clock);
        Driver = new Driver(Cloud, Clock, new Random(unchecked((seed * 31) + 2)), Journal);
        Manual = new ManualCalls(Cloud, Journal);
        observers = Accounts.Append(Management)
            .ToDictionary(account => account, account => new AwsClients(SimulatedWorld.Root(account), Cloud.CreateHandler()));
        Status = new StatusTable(
            observers[Management].Dynamo, "BudgetSync-Status", new BudgetSync.Aws.Calls.AwsCaller(Clock, new Random(1), JsonLog.Silent));
        WorldStacks.RegisterCode(Cloud, seed);
        Deploy();
        Guard = new MeteringGuard(this);
        Cloud.Faults.OnCalls(call => IsOfAws(call) ? null : Faults.OfCall(call));
        Cloud.Faults.OnDeliveries(Faults.OfDelivery);
        Cloud.Faults.OnLogs(OfLog);
        Driver.AfterEach = Look;
        Look();
    }

    public VirtualClock Clock { get; } = new(SimulatedWorld.Start);

    public LocalCloud Cloud { get; }

    public Journal Journal { get; }

    public FaultInjector Faults { get; }

    public Driver Driver { get; }

    public ManualCalls Manual { get; }

    public StatusTable Status { get; }

    public MeteringGuard Guard { get; }

    public MeteredCalls Calls { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The team's configuration as it was put.</summary>
    public string TeamLogging { get; private set; } = "";

    /// <summary>What rows said of models, by account, newest last.</summary>
    public Dictionary<string, List<SaidModels>> Said { get; } = Accounts.ToDictionary(account => account, _ => new List<SaidModels>());

    public static string PeopleArn(string account) => $"arn:aws:iam::{account}:policy/BudgetSync/AiSuspendedPeople";

    public static string PolicyArn(string account) => $"arn:aws:iam::{account}:policy/BudgetSync/SuspendModels";

    public void PutRow(string account, SaidModels said)
    {
        Said[account].Add(said);
        var row = new JsonObject { ["AccountId"] = account, ["BudgetValue"] = said.IsWrong ? "twelve" : 100, ["Ai"] = said.ToJson() };
        if (said.Snoozed) row["Snooze"] = new JsonObject { ["Until"] = $"{Now:yyyy-MM-dd}", ["Why"] = "load test" };
        Manual.Try(Cloud.DynamoDb, Management, "PutItem", new JsonObject { ["TableName"] = "BudgetSync-Budgets", ["Item"] = ManualCalls.Item(row) });
    }

    public StatusRow? Row(string account) => SimulatedWorld.Done(Status.ReadAsync(account, CancellationToken.None));

    public void Say(string account, Func<StatusRow, StatusRow> step) =>
        SimulatedWorld.Done(Status.StepAsync(account, row => step(row!), CancellationToken.None)); // Who speaks of it has seen it.

    /// <summary>A principal calls a model, where IAM lets it.</summary>
    /// <param name="keyId">The long-term API key it calls with.</param>
    /// <param name="inFlight">True: the call began before IAM knew of a suspension, and is answered all the same.</param>
    public void Call(string account, string principal, string model, long tokens, string? keyId, bool inFlight, bool counted = true)
    {
        var caller = CallerOf(account, principal);
        var call = new ModelCall(caller, model, tokens, 0) { ApiKeyId = keyId, HasCounts = counted };
        string id;
        try
        {
            id = SimulatedWorld.Done(Cloud.Bedrock.InvokeAsync(call));
        }
        catch (AwsException) when (inFlight)
        {
            id = $"late-{Calls.All.Count:d8}";
            Write(account, BedrockService.Record(call, Cloud.Options.Region, id, Now).ToJsonString());
        }
        catch (AwsException denied)
        {
            Journal.Write($"{principal} of {account} is denied: {denied.Code}");
            return;
        }

        var cost = !counted ? 0 : model == Model ? tokens * 0.8m / 1_000_000 : (decimal?)null;
        Calls.Add(new MeteredCall(account, id, principal, cost, Now) { IsUncounted = !counted });
        Journal.Write($"{principal} of {account} calls {model} with {tokens} tokens, {id}");
    }

    /// <summary>A record is written, once more or for the first time.</summary>
    public void Write(string account, string record) => Manual.Try(Cloud.Logs, account, "PutLogEvents", new JsonObject
    {
        ["logGroupName"] = account == Own ? OwnGroup : TeamGroup,
        ["logStreamName"] = "aws/bedrock/modelinvocations",
        ["logEvents"] = new JsonArray(new JsonObject { ["timestamp"] = Now.ToUnixTimeMilliseconds(), ["message"] = record }),
    });

    /// <summary>The items of a part of an account's table.</summary>
    public List<Dictionary<string, AttributeValue>> Items(string account, string part)
    {
        var request = new QueryRequest
        {
            TableName = Table,
            KeyConditionExpression = "Part = :part",
            ConsistentRead = true,
            ExpressionAttributeValues = new() { [":part"] = new AttributeValue(part) },
        };
        return SimulatedWorld.Done(observers[account].Dynamo.QueryAsync(request)).Items;
    }

    /// <summary>A person writes another version of the policy of suspended people, as the console does, which asks for room first.</summary>
    public void Name(string account, string person, bool named)
    {
        var arn = PeopleArn(account);
        var iam = Cloud.Gateway.Services.Single(service => service.SigningName == "iam");
        var text = Cloud.Iam.FindManagedPolicy(arn)!.Json; // The stack made it.
        var names = PeoplePolicy.Names(text)!.Value.Items; // As above.
        var document = PeoplePolicy.With(text, named ? names.Add($"person/{person}") : names.Remove($"person/{person}"))!; // As above.
        var versions = Manual.Ask(iam, account, "ListPolicyVersions", new JsonObject { ["PolicyArn"] = arn })["Versions"]!.AsArray();
        if (versions.Count >= 5)
        {
            var oldest = versions.First(version => version!["IsDefaultVersion"]?.GetValue<bool>() != true)!["VersionId"]!.ToString();
            Manual.Ask(iam, account, "DeletePolicyVersion", new JsonObject { ["PolicyArn"] = arn, ["VersionId"] = oldest });
        }

        var request = new JsonObject { ["PolicyArn"] = arn, ["PolicyDocument"] = document, ["SetAsDefault"] = true };
        Manual.Try(iam, account, "CreatePolicyVersion", request);
    }

    /// <summary>The organization takes the reference to an account's policy out of its permission set, or puts it there.</summary>
    public void Refer(string account, bool refers) => Cloud.Iam.PutRole(account, Role(PermissionSetRole, "ec2.amazonaws.com") with
    {
        Path = "/aws-reserved/sso.amazonaws.com/",
        ManagedPolicyArns = refers ? [PeopleArn(account)] : [],
    });

    /// <summary>A person sends again what waits in the dead-letter queues of Meters.</summary>
    public void SendAgain()
    {
        foreach (var account in Accounts)
        {
            var queue = new JsonObject { ["QueueUrl"] = $"https://sqs.us-east-1.amazonaws.com/{account}/BudgetSync-Meter-DeadLetters" };
            while (Received(account, queue) is { Count: > 0 } messages)
            {
                foreach (var message in messages.OfType<JsonObject>())
                {
                    if (JsonNode.Parse(message["Body"]!.ToString())!["requestPayload"] is JsonObject payload)
                    {
                        Manual.Ask(Cloud.Lambda, account, "Invoke", new JsonObject
                        {
                            ["FunctionName"] = "BudgetSync-Meter",
                            ["InvocationType"] = "Event",
                            ["Payload"] = payload.ToJsonString(),
                        });
                    }

                    var done = queue.DeepClone().AsObject();
                    done["ReceiptHandle"] = message["ReceiptHandle"]!.ToString();
                    Manual.Ask(Cloud.Sqs, account, "DeleteMessage", done);
                }
            }
        }
    }

    public void Dispose() => Cloud.DisposeAsync().AsTask().Wait();

    private JsonArray? Received(string account, JsonObject queue)
    {
        var ask = queue.DeepClone().AsObject();
        ask["MaxNumberOfMessages"] = 10;
        return Manual.Ask(Cloud.Sqs, account, "ReceiveMessage", ask)["Messages"] as JsonArray;
    }

    private static Caller CallerOf(string account, string principal)
    {
        var name = principal[(principal.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (principal.StartsWith("person/", StringComparison.Ordinal))
        {
            var role = $"arn:aws:iam::{account}:role/aws-reserved/sso.amazonaws.com/{PermissionSetRole}";
            return new Caller(account, role, $"arn:aws:sts::{account}:assumed-role/{PermissionSetRole}/{name}");
        }

        if (!principal.StartsWith("role/", StringComparison.Ordinal))
        {
            var arn = $"arn:aws:iam::{account}:user/{name}";
            return new Caller(account, arn, arn);
        }

        return new Caller(account, $"arn:aws:iam::{account}:role/{name}", $"arn:aws:sts::{account}:assumed-role/{name}/notebook");
    }

    private DeliveryFault? OfLog(LogDelivery delivery)
    {
        var fault = Faults.OfLog(delivery);
        Calls.Leave(delivery.Messages, fault is DeliveryFault.Loss);
        return fault;
    }

    /// <summary>What AWS does by itself inside: Bedrock writes its log, and a queue takes what Lambda gives up.</summary>
    private static bool IsOfAws(AwsCall call) =>
        call.Service == "sqs" || call.Caller.SessionArn.EndsWith("/BedrockModelInvocationLogging", StringComparison.Ordinal);

    private void Look()
    {
        var calls = Cloud.Calls.Calls;
        foreach (var call in calls.Where(call => !call.Call.Caller.IsRoot)) Journal.Write(call);
        Guard.Look(calls);
        Cloud.Calls.Clear();
        if (Guard.Violations is [var first, ..]) throw new WorldException(first);
        if (Cloud.Work.Failures is { Count: > 0 } failures) throw new WorldException($"LocalAws itself failed: {failures[0]}");
    }

    private void Deploy()
    {
        var stacks = new WorldStacks(Cloud, Driver, Management);
        stacks.DeployHub();
        foreach (var account in Accounts)
        {
            Cloud.Organizations.AddAccount(account, $"account-{account}");
            AddPrincipals(account);
            if (account == Foreign) LogElsewhere();
            stacks.DeploySpoke(account, "ai/spoke");
        }

        Driver.Settle();
        foreach (var account in Accounts)
        {
            Refer(account, refers: true);
            var stream = new JsonObject { ["logGroupName"] = account == Own ? OwnGroup : TeamGroup, ["logStreamName"] = "aws/bedrock/modelinvocations" };
            Manual.Try(Cloud.Logs, account, "CreateLogStream", stream);
        }
    }

    private void AddPrincipals(string account)
    {
        foreach (var name in Roles) Cloud.Iam.PutRole(account, Role(name, "ec2.amazonaws.com"));
        foreach (var name in Users.Append(KeyUser)) Cloud.Iam.PutUser(account, name, PolicyDocument.Parse(Everything));
        foreach (var _ in Enumerable.Range(0, 2)) Cloud.Iam.CreateCredential(Cloud.Iam.FindUser(account, KeyUser)!); // Just made.
    }

    private static RoleDefinition Role(string name, string service)
    {
        var trust = $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"{{{service}}}"},"Action":"sts:AssumeRole"}}""";
        return new RoleDefinition(name, PolicyDocument.Parse(trust))
        {
            Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(Everything)),
        };
    }

    private void LogElsewhere()
    {
        Manual.Ask(Cloud.Logs, Foreign, "CreateLogGroup", new JsonObject { ["logGroupName"] = TeamGroup });
        Cloud.Iam.PutRole(Foreign, Role("TeamLogs", "bedrock.amazonaws.com"));
        var config = new JsonObject
        {
            ["cloudWatchConfig"] = new JsonObject
            {
                ["logGroupName"] = TeamGroup,
                ["roleArn"] = $"arn:aws:iam::{Foreign}:role/TeamLogs",
                ["largeDataDeliveryS3Config"] = new JsonObject { ["bucketName"] = "team-logs", ["keyPrefix"] = "large" },
            },
            ["textDataDeliveryEnabled"] = true,
        };
        Manual.Ask(Cloud.Bedrock, Foreign, "PutModelInvocationLoggingConfiguration", new JsonObject { ["loggingConfig"] = config });
        TeamLogging = Cloud.Bedrock.LoggingOf(Foreign)!.ToJsonString(); // Just put.
    }
}
