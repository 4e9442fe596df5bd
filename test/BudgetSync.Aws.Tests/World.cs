using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Propagate;
using BudgetSync.Aws.Reconcile;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Aws.Spokes;
using BudgetSync.Aws.Stops;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests;

/// <summary>An organization on LocalAws with both tables and a spoke role in each account, and the workflows wired to it without a socket.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Management = "999999999999";
    public const string Alpha = "111111111111";
    public const string Beta = "222222222222";
    public const string Gamma = "333333333333";
    public const string Parameter = "/BudgetSync/Budgets";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    public static readonly StackDefaults Defaults = new("SpokeAccountBudget", ["finops@example.com"], "aws", AccountId.Parse(Management));

    private readonly AwsClients clients;
    private long sequence = 100;

    private World(LocalCloud cloud)
    {
        Cloud = cloud;
        Clock = new ImmediateClock(Start);
        Log = new JsonLog(Output, Clock);
        clients = As(Management);
        Caller = new BudgetSync.Aws.Calls.AwsCaller(Clock, new Random(1), Log);
        Budgets = new BudgetsTable(clients.Dynamo, "BudgetSync-Budgets", Caller);
        Status = new StatusTable(clients.Dynamo, "BudgetSync-Status", Caller);
        History = new HistoryTable(clients.Dynamo, "BudgetSync-History", Caller);
        var role = new SpokeRole("aws", "BudgetSyncSpokeRole", "BudgetSync");
        var sessions = new SpokeSessions(clients, role, BudgetSync.Aws.Limits.AssumeRolePerSecond, Caller, Clock);
        var organization = new OrganizationReader(clients.Organizations, Caller, Clock);
        var propagation = new AccountPropagator(Budgets, Status, new SpokeParameter(sessions, Parameter, Caller, Clock), role, Defaults, Log, Clock);
        var fanOut = new FanOut(propagation, Budgets, Status, organization, Defaults, Log, Clock);
        var metrics = new EmbeddedMetrics(Log, Clock);
        Batch = new Propagator(propagation, fanOut, Budgets, Status, organization, Defaults, Log, metrics, Clock);
        ReconcilerOf = deadLetters => new Reconciler(propagation, Budgets, Status, organization, deadLetters, Defaults, Log, metrics, Clock);
        Reconciler = ReconcilerOf(null);
    }

    public LocalCloud Cloud { get; }

    public ImmediateClock Clock { get; }

    public MemoryStream Output { get; } = new();

    public JsonLog Log { get; }

    public BudgetSync.Aws.Calls.AwsCaller Caller { get; }

    public BudgetsTable Budgets { get; }

    public StatusTable Status { get; }

    public HistoryTable History { get; }

    public Propagator Batch { get; }

    public Reconciler Reconciler { get; }

    /// <summary>A reconcile that also takes from this queue.</summary>
    public Func<DeadLetterQueue?, Reconciler> ReconcilerOf { get; }

    /// <summary>A world with these accounts in the root of its organization, each with a spoke role.</summary>
    public static async Task<World> CreateAsync(params string[] accounts)
    {
        var world = new World(new LocalCloud(new LocalCloudOptions
        {
            // The cloud's clock stands while ours moves with each wait, so no throttle would ever let through what was too much.
            Time = new VirtualClock(Start),
            Ec2 = new LocalAws.Ec2.Ec2Options { Throttles = false },
            Organizations = new LocalAws.Organizations.OrganizationsOptions { ThrottlesTags = false },
        }));
        foreach (var account in accounts)
        {
            world.Cloud.Organizations.AddAccount(account, $"account {account}");
            world.AddRole(account);
        }

        foreach (var table in new[] { "BudgetSync-Budgets", "BudgetSync-Status" })
        {
            await world.clients.Dynamo.CreateTableAsync(new CreateTableRequest
            {
                TableName = table,
                BillingMode = "PAY_PER_REQUEST",
                KeySchema = [new KeySchemaElement("AccountId", "HASH")],
                AttributeDefinitions = [new AttributeDefinition("AccountId", "S")],
            });
        }

        await world.clients.Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = "BudgetSync-History",
            BillingMode = "PAY_PER_REQUEST",
            KeySchema = [new KeySchemaElement("AccountId", "HASH"), new KeySchemaElement("BudgetDay", "RANGE")],
            AttributeDefinitions = [new AttributeDefinition("AccountId", "S"), new AttributeDefinition("BudgetDay", "S")],
        });
        return world;
    }

    public void AddRole(string account) => Cloud.Iam.PutRole(account, new RoleDefinition(
        "BudgetSyncSpokeRole",
        PolicyDocument.Parse("""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:AssumeRole",
              "Condition":{"StringEquals":{"sts:ExternalId":"BudgetSync"}}}]}
            """))
    {
        Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("Parameter", PolicyDocument.Parse(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","""
                + """ "Action":["ssm:GetParameter","ssm:GetParameterHistory","ssm:PutParameter","ssm:DeleteParameter"],"""
                + $$""" "Resource":"arn:aws:ssm:us-east-1:{{account}}:parameter{{Parameter}}"}]}""")),
    });

    /// <summary>Clients of an account's administrator.</summary>
    public AwsClients As(string account) => new(
        new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = account, ["AWS_SECRET_ACCESS_KEY"] = "any" },
        Cloud.CreateHandler());

    /// <summary>A session of a role, as AWS records who writes what.</summary>
    public AwsClients As(string account, string role)
    {
        if (Cloud.Iam.FindRole(account, role) is null)
        {
            var anybody = PolicyDocument.Parse("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""");
            var all = PolicyDocument.Parse("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
            Cloud.Iam.PutRole(account, new RoleDefinition(role, anybody) { Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", all) });
        }

        var session = new Caller(account, $"arn:aws:iam::{account}:role/{role}", $"arn:aws:sts::{account}:assumed-role/{role}/BudgetSync");
        Cloud.Callers.Add($"ASIA{role}{account}", "token", session, DateTimeOffset.MaxValue);
        return new AwsClients(
            new Dictionary<string, string>
            {
                ["AWS_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = $"ASIA{role}{account}",
                ["AWS_SECRET_ACCESS_KEY"] = "any",
                ["AWS_SESSION_TOKEN"] = "token",
            },
            Cloud.CreateHandler());
    }

    public Task PutRowAsync(string key, params (string Name, AttributeValue Value)[] attributes)
    {
        var item = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        item["AccountId"] = Text(key);
        return clients.Dynamo.PutItemAsync(new PutItemRequest { TableName = "BudgetSync-Budgets", Item = item });
    }

    public Task DeleteRowAsync(string key) =>
        clients.Dynamo.DeleteItemAsync(new DeleteItemRequest { TableName = "BudgetSync-Budgets", Key = new() { ["AccountId"] = Text(key) } });

    /// <summary>Hands Propagate one batch with a record for each key, in this order.</summary>
    /// <returns>Which of the keys it is to start over at; null where none.</returns>
    public async Task<string?> PropagateAsync(params string[] keys)
    {
        var records = keys.Select(key => new StreamRecord(key, $"1000000000000000000{Interlocked.Increment(ref sequence)}", Clock.GetUtcNow())).ToList();
        var startOver = await Batch.HandleAsync(records, TimeSpan.FromMinutes(5), CancellationToken.None);
        return records.Find(record => record.SequenceNumber == startOver)?.Key;
    }

    /// <summary>The budgets that an account's parameter asks for; null where there is no parameter.</summary>
    public async Task<ParsedDocument.Read?> DesiredAsync(string account) =>
        await ParameterAsync(account) is { } value && ParameterDocument.Parse(value.Value, AccountId.Parse(account), Defaults) is ParsedDocument.Read read
            ? read
            : null;

    public async Task<Amazon.SimpleSystemsManagement.Model.Parameter?> ParameterAsync(string account)
    {
        try
        {
            return (await As(account).OwnSystems.GetParameterAsync(new GetParameterRequest { Name = Parameter })).Parameter;
        }
        catch (ParameterNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Labels the first version of a parameter, as its account may, and writes it until that is the oldest: AWS refuses another.</summary>
    public async Task LabelOldestAsync(string account, string parameter = Parameter)
    {
        const int Kept = 100; // UG "Working with parameter versions".
        var own = As(account).OwnSystems;
        var put = new PutParameterRequest { Name = parameter, Value = "nothing", Type = "String", Overwrite = true };
        var newest = (await own.PutParameterAsync(put)).Version;
        var label = new JsonObject { ["Name"] = parameter, ["ParameterVersion"] = 1, ["Labels"] = new JsonArray("mine") };
        var call = new AwsCall("ssm", "LabelParameterVersion", LocalAws.Kernel.Caller.Root(account), "us-east-1", label);
        await Cloud.Gateway.InvokeAsync(Cloud.Ssm, call, CancellationToken.None);
        while (newest < Kept) newest = (await own.PutParameterAsync(put)).Version;
        var refused = await Assert.ThrowsAnyAsync<Amazon.Runtime.AmazonServiceException>(() => own.PutParameterAsync(put));
        Assert.Contains("MaxVersionLimitExceeded", refused.ErrorCode, StringComparison.Ordinal);
    }

    public Task SetParameterAsync(string account, string text) =>
        As(account).OwnSystems.PutParameterAsync(new PutParameterRequest { Name = Parameter, Value = text, Type = "String", Overwrite = true });

    /// <summary>As the hub does: by the role of the spoke.</summary>
    public async Task HubSetsParameterAsync(string account, string text)
    {
        using var hub = As(account, "BudgetSyncSpokeRole");
        await hub.OwnSystems.PutParameterAsync(new PutParameterRequest { Name = Parameter, Value = text, Type = "String", Overwrite = true });
    }

    /// <param name="unfinished">Gets the reports of applies that end with an exception.</param>
    public Applier Apply(string account, string? alertTopic = null, RestrictionSettings? restrictions = null, List<Report>? unfinished = null)
    {
        var own = As(account);
        var id = AccountId.Parse(account);
        return new Applier(
            id,
            own.OwnSystems,
            Parameter,
            new BudgetsReader(own.Budgets, id, "aws", Caller),
            new BudgetsWriter(own.Budgets, id, "aws", Caller),
            Defaults,
            alertTopic,
            Restrictions(account, restrictions),
            Caller,
            Log,
            Clock)
        {
            Unfinished = Added(unfinished),
        };
    }

    /// <inheritdoc cref="Apply"/>
    public Looker Look(string account, RestrictionSettings? restrictions = null, List<Report>? unfinished = null)
    {
        var own = As(account);
        var id = AccountId.Parse(account);
        var reader = new BudgetsReader(own.Budgets, id, "aws", Caller);
        var topics = new TopicReader(own.Topics, own.Keys, id, "aws", alertTopic: null, Caller);
        return new Looker(id, own.OwnSystems, Parameter, reader, topics, Defaults, Restrictions(account, restrictions), Caller, Log, Clock)
        {
            Unfinished = Added(unfinished),
        };
    }

    private static Func<Report, CancellationToken, Task> Added(List<Report>? unfinished) => (report, _) =>
    {
        unfinished?.Add(report);
        return Task.CompletedTask;
    };

    private SpokeRestrictions? Restrictions(string account, RestrictionSettings? given)
    {
        if (given is null) return null;
        var (own, id) = (given.OwnRole.Length > 0 ? As(account, given.OwnRole) : As(account), AccountId.Parse(account));
        var stops = StopRegions.Executor(given.StopRegions, given.OwnRole, own, id, "aws", Caller, Log, Clock);
        var written = new WrittenVersions(own.OwnSystems, Parameter, Caller);
        var journals = new JournalParameter(own.OwnSystems, DenyJournal.ParameterName, given.OwnRole, id, "aws", Caller);
        return new SpokeRestrictions(
            new HubRestrictions(new HubVersions(written, "BudgetSyncSpokeRole", id, "aws"), id, Defaults, Log),
            new RestrictionExecutor(new AccountPrincipals(own.Identities, id, "aws", Caller), given, journals, stops, id, Log),
            given.OwnRole.Length > 0 ? new RestrictionLease(own.OwnSystems, given.OwnRole, id, "aws", Caller, JsonLog.Silent) : null);
    }

    public async Task<StatusRow> StatusAsync(string key) =>
        await Status.ReadAsync(key, CancellationToken.None) ?? throw new InvalidOperationException($"There is no status of {key}.");

    public static AttributeValue Number(string number) => new() { N = number };

    public static AttributeValue Text(string text) => new() { S = text };

    public async ValueTask DisposeAsync()
    {
        clients.Dispose();
        await Cloud.DisposeAsync();
    }
}
