using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>A world with a ledger, three channels and accounts whose state of spending is said rather than computed.</summary>
internal sealed class NotifyWorld : IAsyncDisposable
{
    public const string Finops = "finops";
    public const string Pager = "pager";

    private const string QueueName = "BudgetSync-Alerts-DeadLetters";

    private readonly World world;
    private int seed;

    private NotifyWorld(World world)
    {
        this.world = world;
        Ledger = new LedgerTable(world.As(World.Management).Dynamo, "BudgetSync-Ledger", world.Caller);
    }

    public LedgerTable Ledger { get; }

    /// <summary>What the bus and topics have taken, as <c>finops Opened Critical 111111111111</c>; of a mail what has got worse is Opened too.</summary>
    public List<string> Told => [.. Taken.Select(call => call.Operation == "Publish" ? LineOfMail(call.Input) : Line(Detail(call)))];

    /// <summary>The texts of e-mails.</summary>
    public List<string> Bodies => [.. world.Cloud.Sns.Published.Select(message => message.Body)];

    /// <summary>What lies in the queue of undelivered alerts.</summary>
    public IReadOnlyList<LocalAws.Sqs.Message> Undelivered => world.Cloud.Sqs.Messages($"arn:aws:sqs:us-east-1:{World.Management}:{QueueName}");

    public TrackTable Requests => new(world.As(World.Management).Dynamo, "BudgetSync-History", world.Caller);

    /// <summary>What their messages say.</summary>
    public List<string> Texts => [.. Details.Select(detail => detail["text"]!.ToString())];

    /// <summary>The ids of messages on the bus.</summary>
    public List<string> Ids => [.. Details.Select(detail => detail["id"]!.ToString())];

    /// <summary>What opens and resolves them at a provider.</summary>
    public List<string> Keys => [.. Details.Select(detail => detail["dedupKey"]!.ToString())];

    /// <summary>A member of what providers on the bus get.</summary>
    public List<JsonNode> Body(string member) => [.. Details.Select(detail => detail["body"]![member]).OfType<JsonNode>()];

    private IEnumerable<AwsCall> Taken => world.Cloud.Calls.Calls.Where(call => call.Call.Operation is "PutEvents" or "Publish" && call.ErrorCode is null)
        .Select(call => call.Call);

    /// <summary>The messages on the bus.</summary>
    public List<JsonNode> Sent => [.. Details];

    private IEnumerable<JsonNode> Details => Taken.Where(call => call.Operation == "PutEvents").Select(Detail);

    public World World => world;

    public static async Task<NotifyWorld> CreateAsync(
        int perHour = 20, DigestInterval? digest = null, ChannelKind kind = ChannelKind.Webhook)
    {
        var world = await World.CreateAsync(World.Alpha);
        await world.As(World.Management).Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = "BudgetSync-Ledger",
            BillingMode = "PAY_PER_REQUEST",
            KeySchema = [new KeySchemaElement("AccountId", "HASH"), new KeySchemaElement("Entry", "RANGE")],
            AttributeDefinitions = [new AttributeDefinition("AccountId", "S"), new AttributeDefinition("Entry", "S")],
        });
        await world.As(World.Management).Queues.CreateQueueAsync(QueueName);
        world.Cloud.Sns.PutTopic(World.Management, "BudgetSync-Operations");
        world.Cloud.Sns.PutTopic(World.Management, "BudgetSync-Channel-finops");
        await world.PutRowAsync("default", ("BudgetValue", World.Number("1")), ("Notify", World.Text("finops, pager Critical")));
        return new NotifyWorld(world) { PerHour = perHour, Digest = digest, Kind = kind };
    }

    private int PerHour { get; init; }

    /// <summary>Of the channel finops.</summary>
    private ChannelKind Kind { get; init; }

    /// <summary>What the channel finops gets.</summary>
    public DigestInterval? Digest { get; init; }

    public Notifier Notifier()
    {
        var channels = new Dictionary<string, Channel>
        {
            [Finops] = new(Finops, Kind) { PerHour = PerHour, Digest = Digest },
            [Pager] = new(Pager, ChannelKind.PagerDuty) { PerHour = PerHour },
            [AlertRoute.Operations] = ChannelSettings.Operations,
        }.ToImmutableDictionary();
        var clients = world.As(World.Management);
        var sender = new NotificationSender(
            clients.Events,
            "BudgetSync",
            new TopicPublisher(clients.OwnTopics, $"arn:aws:sns:us-east-1:{World.Management}:", world.Caller),
            new UndeliveredQueue(clients.Queues, $"https://sqs.us-east-1.amazonaws.com/{World.Management}/{QueueName}", world.Caller),
            world.Caller,
            world.Log);
        var digests = Digest is null
            ? null
            : new DigestReader(world.History, Requests, World.Defaults, SpendBounds.Default, 4, asksCosts: true);
        var pending = new PendingSender(Ledger, sender, drivers: null, channels, world.Clock);
        return new Notifier(
            world.Budgets, world.Status, Ledger, pending, digests, new EnvelopeReader(World.Defaults, SpendBounds.Default), channels, anomalies: true,
            world.Log, new Random(++seed), world.Clock);
    }

    public Task NotifyAsync(string account = World.Alpha) => Notifier().NotifyAsync(AccountId.Parse(account), CancellationToken.None);

    public Task AnomalyAsync(CostAnomaly anomaly) => Notifier().NotifyAsync(anomaly, CancellationToken.None);

    public Task<int> SweepAsync() => Notifier().SweepAsync(TimeSpan.FromMinutes(10), CancellationToken.None);

    public Task SpendAsync(SpendState state, string account = World.Alpha, string month = "2026-03") => world.Status.StepAsync(
        account,
        before => (before ?? new StatusRow { Key = account, State = AccountState.Applied, FirstSeenAt = World.Start }) with
        {
            ItemVersion = (before?.ItemVersion ?? 0) + 1,
            Budgets = [new ReportedBudget("team-a", 1000, "USD", 1250, null, state)],
            Spend =
            [
                new SpendStanding("team-a", SpendMemory.None with
                {
                    State = state,
                    Period = BudgetPeriod.Of(TimeUnit.MONTHLY, DateOnly.Parse(month + "-01", System.Globalization.CultureInfo.InvariantCulture)),
                    Actual = 1250,
                    LastLookAt = world.Clock.GetUtcNow().AddDays(300),
                }),
            ],
        },
        CancellationToken.None);

    /// <summary>The account alpha has so many budgets in this state, and no others; reports are an account's own.</summary>
    public async Task ManyAsync(int count, SpendState state = SpendState.Over, int first = 0)
    {
        await SpendAsync(state);
        await world.Status.StepAsync(
            World.Alpha,
            row => row! with
            {
                ItemVersion = row.ItemVersion + 1,
                Budgets = [.. Enumerable.Range(first, count).Select(number => new ReportedBudget($"b{number}", 1000, "USD", 1250, null, state))],
                Spend = [.. Enumerable.Range(first, count).Select(number => row.Spend[0] with { BudgetName = $"b{number}" })],
            },
            CancellationToken.None);
    }

    /// <summary>What a budget had cost by the end of each of the last eleven days: of the last three it cost more.</summary>
    public async Task RiseAsync(string account, decimal before, decimal now)
    {
        var today = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime);
        var total = 100m;
        for (var back = 11; back > 0; back--)
        {
            var day = today.AddDays(-back);
            if (back < 11) total += back > 3 ? before : now;
            await world.History.WriteAsync(
                account,
                new HistoryItem
                {
                    Key = new HistoryKey("team-a", day),
                    Period = BudgetPeriod.Of(TimeUnit.MONTHLY, day),
                    Unit = "USD",
                    Actual = total,
                    WrittenAt = world.Clock.GetUtcNow(),
                },
                CancellationToken.None);
        }
    }

    /// <summary>The function dies in its call of this number: before the call has taken effect or after, and makes no further one.</summary>
    public void DieAt(int fatal, bool afterTheEffect)
    {
        var number = 0;
        world.Cloud.Faults.OnCalls(_ => ++number switch
        {
            var call when call < fatal => null,
            var call when call == fatal => afterTheEffect ? new Fault.ResponseLoss() : new Fault.RequestLoss(),
            _ => new Fault.Refusal(new AwsException("AccessDeniedException", "The function is dead.")),
        });
    }

    private static JsonNode Detail(AwsCall call) => JsonNode.Parse(call.Input["Entries"]![0]!["Detail"]!.ToString())!;

    private static string LineOfMail(JsonObject mail)
    {
        var (subject, body, channel) = (mail["Subject"]!.ToString(), mail["Message"]!.ToString(), mail["TopicArn"]!.ToString().Split('-')[^1]);
        var phase = subject.StartsWith("Resolved: ", StringComparison.Ordinal) ? "Resolved"
            : subject.StartsWith("Still ", StringComparison.Ordinal) ? "Reminder"
            : "Opened";
        var level = subject.Replace("Resolved: ", "", StringComparison.Ordinal).Replace("Still ", "", StringComparison.Ordinal).Split(':')[0];
        var key = body.Split('\n')[^1].Split('/');
        return $"{channel} {phase} {level} {(key.Length == 4 ? key[0] : "")}".Trim();
    }

    private static string Line(JsonNode detail)
    {
        var (id, key) = (detail["id"]!.ToString().Split('/'), detail["dedupKey"]!.ToString().Split('/'));
        return $"{detail["channel"]} {detail["phase"]} {id[^3]} {key[0]}".Trim();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();
}
