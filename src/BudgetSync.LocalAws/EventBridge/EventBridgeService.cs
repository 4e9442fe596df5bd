using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge.ApiDestinations;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>
/// Amazon EventBridge: a default bus in every account and region, custom buses, rules by pattern and by schedule, delivery across accounts and regions.
/// Where a method takes a region, null is the cloud's home region.
/// </summary>
public sealed partial class EventBridgeService : AwsService, IDisposable
{
    private readonly LocalCloud cloud;
    private readonly EventBuses buses = new();
    private readonly DeliveryRun deliveries;
    private readonly Schedules schedules;
    private int lost;

    internal EventBridgeService(LocalCloud cloud)
        : base("events", WireProtocol.Json11, "AWSEvents")
    {
        this.cloud = cloud;
        Destinations = new ApiDestinationStore(cloud);
        deliveries = new DeliveryRun(
            cloud,
            new EndpointCalls(cloud, Destinations),
            (busArn, occurrence) => Accept(buses.Existing(busArn), occurrence, forwarded: true));
        schedules = new Schedules(
            cloud.Time,
            (rule, occurrence) =>
            {
                foreach (var target in rule.Targets) deliveries.Start(rule, target, occurrence, forwarded: false);
            },
            cloud.Gateway.NewRequestId);
        cloud.Iam.AddResourcePolicies(SigningName, arn => buses.Find(arn, out var bus) ? bus.Policy : null);
        cloud.EventSink = occurrence => Accept(
            buses.Existing(EventBuses.Arn(occurrence.RequiredText("account"), occurrence.RequiredText("region"), null)),
            occurrence,
            forwarded: false);
        new EventBridgeOperations(this, buses).Declare(Operation);
        ApiDestinationOperations.Declare(Destinations, Operation);
        Operation(
            "PutEvents",
            EventBridgeShapes.PutEvents,
            PutEventsNeeds,
            call => new PutEventsOperation(cloud, buses, MaximumPutEventsBytes).Run(call, (bus, occurrence) => Accept(bus, occurrence, forwarded: false)));
    }

    /// <summary>
    /// How large the entries of one PutEvents may be together: 256 KB (EventBridge user guide, "Calculating Amazon EventBridge PutEvents event entry size").
    /// AWS has announced more for some accounts and regions, which is not to be relied on.
    /// </summary>
    public int MaximumPutEventsBytes { get; set; } = 256 * 1024;

    /// <summary>When the next scheduled rule fires; null where none is set. A stepped driver that wants schedules to fire moves its clock to this.</summary>
    public DateTimeOffset? NextSchedule => schedules.Next;

    /// <summary>How many events could be delivered neither to their target nor to a dead-letter queue.</summary>
    public int Lost => lost;

    internal ApiDestinationStore Destinations { get; }

    private string Home => cloud.Options.Region;

    /// <summary>Creates a custom bus, or finds the one that exists, and returns its ARN.</summary>
    public string PutBus(string accountId, string name, string? region = null) =>
        buses.Find(EventBuses.Arn(accountId, region ?? Home, name), out var bus) ? bus.Arn : CreateBus(accountId, name, region);

    /// <summary>Creates a custom bus and returns its ARN.</summary>
    /// <exception cref="AwsException">As CreateEventBus.</exception>
    public string CreateBus(string accountId, string name, string? region = null) => buses.Create(accountId, region ?? Home, name).Arn;

    /// <exception cref="AwsException">ValidationException: the default bus, or one that has rules.</exception>
    public void DeleteBus(string accountId, string name, string? region = null) => buses.Delete(EventBuses.Arn(accountId, region ?? Home, name));

    /// <summary>Sets the whole policy of a bus; null takes it away.</summary>
    public void PutBusPolicy(string accountId, string busName, PolicyDocument? policy, string? region = null) =>
        Bus(accountId, busName, region).Replace(policy);

    /// <summary>Adds or replaces one statement of a bus's policy.</summary>
    public void PutBusStatement(string accountId, string busName, string statementId, JsonObject statement, string? region = null) =>
        Bus(accountId, busName, region).Permit(statementId, statement);

    /// <summary>Removes one statement of a bus's policy; false where it was not there.</summary>
    public bool RemoveBusStatement(string accountId, string busName, string statementId, string? region = null) =>
        Bus(accountId, busName, region).Forbid(statementId);

    /// <summary>
    /// Has DescribeConnection tell a state that comes of what is not here: of a person (DEAUTHORIZING), of a private network (FAILED_CONNECTIVITY; EventBridge
    /// user guide, "Connection states in EventBridge").
    /// </summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public void SetConnectionState(string accountId, string name, string state) =>
        Destinations.Become(Destinations.Connection(accountId, Home, name), state);

    /// <summary>Creates or replaces a rule with its targets, and returns its ARN.</summary>
    /// <exception cref="AwsException">ValidationException for what is no rule, ResourceNotFoundException where the bus is not there.</exception>
    public string PutRule(Rule rule)
    {
        var placed = rule with { Region = rule.Region ?? Home };
        RuleCheck.Check(placed);
        var bus = Bus(placed.AccountId, placed.BusName, placed.Region);
        if (!bus.Rules.ContainsKey(placed.Name) && bus.Rules.Count >= AwsLimits.EventBridge.RulesPerBus)
            throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        bus.Rules[placed.Name] = placed;
        if (placed.BusName == EventBus.DefaultName) schedules.Set(placed);
        return placed.Arn;
    }

    public void DeleteRule(string accountId, string busName, string name, string? region = null)
    {
        if (Bus(accountId, busName, region).Rules.TryRemove(name, out var rule)) schedules.Remove(rule);
    }

    public Rule? FindRule(string accountId, string busName, string name, string? region = null) =>
        Bus(accountId, busName, region).Rules.GetValueOrDefault(name);

    /// <summary>The rules of a bus by name.</summary>
    public IReadOnlyList<Rule> Rules(string accountId, string busName, string? region = null) =>
        [.. Bus(accountId, busName, region).Rules.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal)];

    /// <summary>
    /// Fires the scheduled rules of an account now, as if their time had come; their own times stay what they are. For those who cannot wait.
    /// </summary>
    public void FireSchedules(string accountId, string? region = null)
    {
        foreach (var rule in Rules(accountId, EventBus.DefaultName, region))
        {
            if (rule is { Enabled: true, Schedule: not null }) schedules.Fire(rule);
        }
    }

    public void Dispose() => schedules.Dispose();

    private EventBus Bus(string accountId, string busName, string? region) => buses.Existing(EventBuses.Arn(accountId, region ?? Home, busName));
}
