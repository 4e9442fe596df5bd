using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>Amazon EventBridge: a default bus in every account, custom buses, rules by pattern and by schedule, delivery across accounts.</summary>
public sealed class EventBridgeService : AwsService, IDisposable
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<(string AccountId, string Name), EventBus> buses = new();
    private readonly DeliveryRun deliveries;
    private readonly Schedules schedules;
    private int lost;

    internal EventBridgeService(LocalCloud cloud)
        : base("events", WireProtocol.Json11, "AWSEvents")
    {
        this.cloud = cloud;
        deliveries = new DeliveryRun(cloud, (busArn, occurrence) => Accept(Existing(busArn), occurrence, forwarded: true));
        schedules = new Schedules(
            cloud.Time,
            (rule, occurrence) =>
            {
                foreach (var target in rule.Targets) deliveries.Start(rule, target, occurrence, forwarded: false);
            },
            cloud.Gateway.NewRequestId,
            cloud.Options.Region);
        cloud.Iam.AddResourcePolicies(SigningName, arn => Find(arn, out var bus) ? bus.Policy : null);
        cloud.EventSink = occurrence => Accept(Bus(occurrence.RequiredText("account"), EventBus.DefaultName), occurrence, forwarded: false);
        var operations = new EventBridgeOperations(this, cloud);
        operations.Declare(Operation);
        Operation("PutEvents", EventBridgeShapes.PutEvents, PutEventsNeeds, call => PutEventsOperation.Run(call, cloud, Accept, busArn => Find(busArn, out var bus) ? bus : null));
    }

    /// <summary>When the next scheduled rule fires; null where none is set. A stepped driver that wants schedules to fire moves its clock to this.</summary>
    public DateTimeOffset? NextSchedule => schedules.Next;

    /// <summary>How many events could be delivered neither to their target nor to a dead-letter queue.</summary>
    public int Lost => lost;

    /// <summary>Creates a custom bus, or finds the one that exists, and returns its ARN.</summary>
    public string PutBus(string accountId, string name) => Bus(accountId, name).Arn;

    public void DeleteBus(string accountId, string name) => buses.TryRemove((accountId, name), out _);

    /// <summary>Sets the whole policy of a bus; null takes it away.</summary>
    public void PutBusPolicy(string accountId, string busName, PolicyDocument? policy) => Existing(accountId, busName).Replace(policy);

    /// <summary>Adds or replaces one statement of a bus's policy.</summary>
    public void PutBusStatement(string accountId, string busName, string statementId, JsonObject statement) => Existing(accountId, busName).Permit(statementId, statement);

    /// <summary>Removes one statement of a bus's policy; false where it was not there.</summary>
    public bool RemoveBusStatement(string accountId, string busName, string statementId) => Existing(accountId, busName).Forbid(statementId);

    /// <summary>Creates or replaces a rule with its targets, and returns its ARN.</summary>
    /// <exception cref="AwsException">ValidationException for what is no rule, ResourceNotFoundException where the bus is not there.</exception>
    public string PutRule(Rule rule)
    {
        RuleCheck.Check(rule);
        Existing(rule.AccountId, rule.BusName).Rules[rule.Name] = rule;
        if (rule.BusName == EventBus.DefaultName) schedules.Set(rule);
        return rule.ArnIn(cloud.Options.Region);
    }

    public void DeleteRule(string accountId, string busName, string name)
    {
        Existing(accountId, busName).Rules.TryRemove(name, out _);
        if (busName == EventBus.DefaultName) schedules.Remove(accountId, name);
    }

    public Rule? FindRule(string accountId, string busName, string name) => Existing(accountId, busName).Rules.GetValueOrDefault(name);

    /// <summary>The rules of a bus by name.</summary>
    public IReadOnlyList<Rule> Rules(string accountId, string busName) => [.. Existing(accountId, busName).Rules.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal)];

    public void Dispose() => schedules.Dispose();

    /// <summary>What PutEvents of one event needs of IAM.</summary>
    internal static IamRequest PutEventsNeed(string busArn, JsonObject occurrence) => new("events:PutEvents", busArn)
    {
        Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty
            .Add("events:source", [occurrence["source"]?.ToString() ?? ""])
            .Add("events:detail-type", [occurrence["detail-type"]?.ToString() ?? ""]),
    };

    /// <summary>Puts one event on a bus as somebody: another service's way in (a Lambda destination).</summary>
    /// <exception cref="AwsException">AccessDenied, or what the entry was refused for.</exception>
    internal async Task PutEventAsync(Caller caller, JsonObject entry, CancellationToken cancellation)
    {
        var call = new AwsCall(SigningName, "PutEvents", caller, cloud.Options.Region, new JsonObject { ["Entries"] = new JsonArray(entry) });
        var answer = await cloud.Gateway.InvokeAsync(this, call with { RequestId = cloud.Gateway.NewRequestId() }, cancellation);
        if (answer.Structures("Entries").Single() is var result && result.Text("ErrorCode") is { } code) throw new AwsException(code, result.Text("ErrorMessage") ?? "");
    }

    internal void CountLost() => Interlocked.Increment(ref lost);

    /// <summary>The ARN of a bus given by name or by ARN; none is the default one.</summary>
    internal string BusArn(string accountId, string? nameOrArn) =>
        nameOrArn?.StartsWith("arn:", StringComparison.Ordinal) == true ? nameOrArn : $"arn:aws:events:{cloud.Options.Region}:{accountId}:event-bus/{nameOrArn ?? EventBus.DefaultName}";

    internal EventBus Existing(string busArn) => Find(busArn, out var bus) ? bus : throw new AwsException("ResourceNotFoundException", $"Event bus {busArn} does not exist.");

    private EventBus Existing(string accountId, string busName) => Existing(BusArn(accountId, busName));

    private IEnumerable<IamRequest> PutEventsNeeds(AwsCall call) =>
        from entry in call.Input.Structures("Entries")
        let probe = new JsonObject { ["source"] = entry.Text("Source"), ["detail-type"] = entry.Text("DetailType") }
        select PutEventsNeed(BusArn(call.AccountId, entry.Text("EventBusName")), probe);

    private void Accept(EventBus bus, JsonObject occurrence, bool forwarded)
    {
        foreach (var rule in bus.Rules.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            if (!rule.Enabled || rule.Pattern?.Matches(occurrence) != true) continue;
            foreach (var target in rule.Targets) deliveries.Start(rule, target, occurrence, forwarded);
        }
    }

    private EventBus Bus(string accountId, string name) => buses.GetOrAdd((accountId, name), key => new EventBus(key.AccountId, key.Name, cloud.Options.Region));

    private bool Find(string busArn, out EventBus bus)
    {
        bus = null!; // Assigned before every true.
        if (!Arn.TryParse(busArn, out var arn) || !arn.Resource.StartsWith("event-bus/", StringComparison.Ordinal)) return false;
        var name = arn.Resource["event-bus/".Length..];
        // Every account has a default bus without anybody creating it.
        if (name == EventBus.DefaultName) bus = Bus(arn.AccountId, name);
        else if (buses.TryGetValue((arn.AccountId, name), out var found)) bus = found;
        return bus is not null;
    }
}
