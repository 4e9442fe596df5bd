using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// A whole world: an organization on a stepped LocalAws with BudgetSync deployed from its templates, one seed, and a clock that moves only when told.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    public const string Management = "999999999999";
    public const string Parameter = "/BudgetSync/Budgets";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    public static readonly StackDefaults Defaults = new("SpokeAccountBudget", ["finops@example.com"], "aws", AccountId.Parse(Management)) { Channels = [] };
    private readonly BudgetsTable budgets;
    private readonly OrganizationReader organization;
    private readonly LocalOrganization deployed;

    private SimulatedWorld(int seed, WorldOptions options)
    {
        Clock = new VirtualClock(Start);
        Journal = new Journal(Clock);
        Cloud = new LocalCloud(new LocalCloudOptions
        {
            Time = Clock,
            Seed = seed,
            Stepped = true,
            Budgets = new BudgetsOptions { MinimumAccountAge = options.MinimumAccountAge, RefuseChangeOfTypeOrUnit = options.RefuseChangeOfTypeOrUnit },
            Organizations = new OrganizationsOptions { EmptyFirstPages = options.EmptyFirstPages },
        });
        Faults = new FaultInjector(new Random(unchecked((seed * 31) + 1)), Clock, Journal);
        Driver = new Driver(Cloud, Clock, new Random(unchecked((seed * 31) + 2)), Journal);
        Manual = new ManualCalls(Cloud, Journal);
        RowHistory = new RowHistory(Defaults);
        var observer = new AwsClients(Root(Management), Cloud.CreateHandler());
        var caller = new BudgetSync.Aws.Calls.AwsCaller(Clock, new Random(1), JsonLog.Silent);
        budgets = new BudgetsTable(observer.Dynamo, LocalOrganization.BudgetsTable, caller);
        Status = new StatusTable(observer.Dynamo, LocalOrganization.StatusTable, caller);
        organization = new OrganizationReader(observer.Organizations, caller, Clock);
        deployed = Deploy(seed, options);
        Cloud.Faults.OnCalls(Faults.OfCall);
        Cloud.Faults.OnDeliveries(Faults.OfDelivery);
        Cloud.Faults.OnMessages(Faults.OfMessage);
        ReadOrganization();
        Cloud.Calls.Clear();
    }

    public LocalCloud Cloud { get; }

    public VirtualClock Clock { get; }

    public Journal Journal { get; }

    public FaultInjector Faults { get; }

    public Driver Driver { get; }

    public ManualCalls Manual { get; }

    public RowHistory RowHistory { get; }

    public StatusTable Status { get; }

    public OrganizationTree Tree { get; private set; } = OrganizationTree.None;

    /// <summary>Texts that people put into parameters by hand.</summary>
    public HashSet<(string Account, string Text)> TypedByHand { get; } = [];

    /// <summary>What functions did that they may not do, as they did it.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>What was told of the money on the management bus.</summary>
    public ToldStates Told { get; } = new();

    /// <summary>The keys of status rows that people changed or deleted.</summary>
    public HashSet<string> StatusEdited { get; } = [];

    public static SimulatedWorld Create(int seed, WorldOptions options) => new(seed, options);

    /// <summary>The environment of a client that acts as an account's administrator.</summary>
    public static Dictionary<string, string> Root(string account) => new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = account,
        ["AWS_SECRET_ACCESS_KEY"] = "any",
    };

    /// <summary>Writes a row as a person does; DynamoDB may refuse it.</summary>
    public void PutRow(JsonObject row)
    {
        if (Manual.Try(
            Cloud.DynamoDb,
            Management,
            "PutItem",
            new JsonObject { ["TableName"] = LocalOrganization.BudgetsTable, ["Item"] = ManualCalls.Item(row) }) is not null)
            ReadRow(row["AccountId"]!.GetValue<string>()); // Not null: DynamoDB took it as the key.
    }

    public void DeleteRow(string key)
    {
        Manual.Try(
            Cloud.DynamoDb,
            Management,
            "DeleteItem",
            new JsonObject { ["TableName"] = LocalOrganization.BudgetsTable, ["Key"] = new JsonObject { ["AccountId"] = new JsonObject { ["S"] = key } } });
        ReadRow(key);
    }

    /// <summary>Takes note of where every account stands now.</summary>
    public void ReadOrganization()
    {
        Tree = Done(organization.TreeAsync(CancellationToken.None, fresh: true));
        foreach (var account in Tree.Accounts) RowHistory.Path(account.Id, Tree.PathOf(account.Id));
    }

    /// <summary>Whether the account has our stack.</summary>
    public bool HasStack(string account) => Cloud.Lambda.FindFunction(account, "BudgetSync-Apply") is not null;

    /// <summary>
    /// Whether a deletion of the account's stack got no further than Apply: AWS Budgets would not let the budgets go, and CloudFormation gave up. The spoke
    /// role still takes parameters, and nothing reads them.
    /// </summary>
    public bool IsHalfDeleted(string account) => !HasStack(account) && Cloud.Iam.FindRole(account, "BudgetSyncSpokeRole") is not null;

    /// <summary>What the account's parameter holds; null where there is none.</summary>
    public string? ParameterOf(string account)
    {
        try
        {
            // The shape of the answer.
            return Manual.Ask(Cloud.Ssm, account, "GetParameter", new JsonObject { ["Name"] = Parameter })["Parameter"]!["Value"]!.ToString();
        }
        catch (AwsException missing) when (missing.Code == "ParameterNotFound")
        {
            return null;
        }
    }

    /// <summary>The result of what cannot wait: an observer's call in a cloud that answers at once.</summary>
    public static T Done<T>(Task<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new WorldException("An observer's call waits for something.");

    public void Dispose() => deployed.DisposeAsync().AsTask().Wait();

    /// <summary>Takes note of what a row says now.</summary>
    public void ReadRow(string key) => RowHistory.Row(key, Done(budgets.ReadAsync(key, CancellationToken.None)));

    private LocalOrganization Deploy(int seed, WorldOptions options)
    {
        var accounts = Enumerable.Range(1, options.Accounts)
            .Select(number => string.Concat(Enumerable.Repeat(number.ToString(CultureInfo.InvariantCulture), 12)))
            .ToList();
        var creation = ContextFree.RunAsync(() => LocalOrganization.CreateAsync(
            Cloud,
            Defaults,
            [.. accounts, Management],
            accounts.TakeLast(options.WithoutStack).ToImmutableHashSet(),
            cloud => SimulatedCode.Register(cloud, seed, Violations)));
        Driver.Finish(creation);
        Driver.Settle();
        return creation.Result;
    }
}
