using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Respond;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Organizations;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>An organization on a stepped LocalAws whose hub decides responses, whose spokes restrict, and whose management stack makes policies.</summary>
internal sealed class RestrictedWorld : IDisposable
{
    public const string Management = "999999999999";
    public const string Budget = "SpokeAccountBudget";

    /// <summary>Its rows only ever watch.</summary>
    public const string Watched = "111111111111";

    /// <summary>Whose rows restrict in earnest; the management account's do too, and it never is.</summary>
    public static readonly string[] Members = ["222222222222", "333333333333"];

    /// <summary>Whose rows restrict in earnest, and which has the protect tag in the organization.</summary>
    public const string Tagged = "444444444444";

    public static readonly string[] Accounts = [Watched, .. Members, Tagged, Management];

    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    private readonly AwsClients observer;
    private readonly BudgetSync.Aws.Calls.AwsCaller caller;

    public RestrictedWorld(int seed)
    {
        Journal = new Journal(Clock);
        // The cloud's clock stands while a function waits for its turn.
        var organizations = new OrganizationsOptions { ThrottlesTags = false };
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, Seed = seed, Stepped = true, Organizations = organizations });
        Faults = new FaultInjector(new Random(unchecked((seed * 31) + 1)), Clock, Journal);
        Driver = new Driver(Cloud, Clock, new Random(unchecked((seed * 31) + 2)), Journal);
        Manual = new ManualCalls(Cloud, Journal);
        observer = new AwsClients(SimulatedWorld.Root(Management), Cloud.CreateHandler());
        caller = new BudgetSync.Aws.Calls.AwsCaller(Clock, new Random(1), JsonLog.Silent);
        Status = new StatusTable(observer.Dynamo, "BudgetSync-Status", caller);
        WorldStacks.RegisterCode(Cloud, seed);
        Deploy();
        Resources = new RunningResources(Cloud, Manual, Accounts);
        foreach (var account in Accounts) Cloud.ComputeOptimizer.Enroll(account);
        Driver.Advance(TimeSpan.FromMinutes(1));
        Attachments = new PersonalAttachments(this);
        Guard = new RestrictionGuard(this);
        Cloud.Faults.OnCalls(Guard.Before, "guard");
        Cloud.Faults.OnCalls(Faults.OfCall);
        Cloud.Faults.OnDeliveries(Faults.OfDelivery);
        Driver.AfterEach = Look;
    }

    public VirtualClock Clock { get; } = new(SimulatedWorld.Start);

    public LocalCloud Cloud { get; }

    public Journal Journal { get; }

    public FaultInjector Faults { get; }

    public Driver Driver { get; }

    public ManualCalls Manual { get; }

    public StatusTable Status { get; }

    public RestrictionGuard Guard { get; }

    public RunningResources Resources { get; }

    public PersonalAttachments Attachments { get; }

    /// <summary>By kind, the ids of the stack's policies.</summary>
    public IReadOnlyDictionary<RestrictionKind, string> Policies { get; private set; } = ImmutableDictionary<RestrictionKind, string>.Empty;

    /// <summary>A person of the organization, in an account.</summary>
    public static Caller AccessRole(string account) => new(
        account,
        $"arn:aws:iam::{account}:role/OrganizationAccountAccessRole",
        $"arn:aws:sts::{account}:assumed-role/OrganizationAccountAccessRole/person");

    public ImmutableArray<LedgerEntry> Ledger(string account) => SimulatedWorld.Done(
        new LedgerTable(observer.Dynamo, "BudgetSync-Ledger", caller).EntriesAsync(account, CancellationToken.None));

    public StatusRow? Row(string account) => SimulatedWorld.Done(Status.ReadAsync(account, CancellationToken.None));

    /// <summary>What a person decides, as the tool writes it.</summary>
    public void Say(string account, Func<StatusRow, StatusRow> step)
    {
        var (_, after) = SimulatedWorld.Done(Status.StepAsync(account, row => step(row!), CancellationToken.None)); // Who speaks of it has seen it.
        SimulatedWorld.Done(new LedgerRecorder(Status, new LedgerTable(observer.Dynamo, "BudgetSync-Ledger", caller)).RecordAsync(after, default));
    }

    public void PutRow(JsonObject row) => Manual.Try(
        Cloud.DynamoDb, Management, "PutItem", new JsonObject { ["TableName"] = "BudgetSync-Budgets", ["Item"] = ManualCalls.Item(row) });

    /// <summary>The accounts that a policy of the organization is attached to.</summary>
    public List<string> TargetsOf(string policy) =>
    [
        .. Manual.Ask(Cloud.Organizations, Management, "ListTargetsForPolicy", new JsonObject { ["PolicyId"] = policy })["Targets"]!.AsArray()
            .Select(target => target!["TargetId"]!.ToString()),
    ];

    public void Dispose() => Cloud.DisposeAsync().AsTask().Wait();

    private void Look()
    {
        foreach (var call in Cloud.Calls.Calls.Where(call => !call.Call.Caller.IsRoot)) Journal.Write(call);
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
            if (account != Management) Cloud.Organizations.AddAccount(account, $"account-{account}");
            if (account != Watched) Cloud.Organizations.Tag(account, "budgetsync:protect", account == Tagged ? "true" : "false");
            foreach (var name in new[] { "developer", "deploy", "guarded", "OrganizationAccountAccessRole" })
            {
                Cloud.Iam.PutRole(account, new RoleDefinition(name, PolicyDocument.Parse(Trust))
                {
                    Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(Everything)),
                    Tags = ImmutableDictionary<string, string>.Empty.Add("budgetsync:protect", name == "guarded" ? "yes" : "False"),
                });
            }

            Cloud.Iam.PutUser(account, "alice", PolicyDocument.Parse(Everything));
            stacks.DeploySpoke(account, "stops/spoke");
        }

        Driver.Settle();
        var listed = Manual.Ask(Cloud.Organizations, Management, "ListPolicies", new JsonObject { ["Filter"] = "SERVICE_CONTROL_POLICY" });
        var byName = listed["Policies"]!.AsArray().ToDictionary(policy => policy!["Name"]!.ToString(), policy => policy!["Id"]!.ToString());
        Policies = new Dictionary<RestrictionKind, string>
        {
            [RestrictionKind.DENY_NEW] = byName["BudgetSync-DenyNew"],
            [RestrictionKind.DENY_AI] = byName["BudgetSync-DenyAi"],
            [RestrictionKind.QUARANTINE] = byName["BudgetSync-Quarantine"],
        };
    }
}
