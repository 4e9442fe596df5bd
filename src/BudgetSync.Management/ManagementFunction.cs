using System.Text.Json;
using BudgetSync.Aws;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Page;
using BudgetSync.Aws.Propagate;
using BudgetSync.Aws.Reconcile;
using BudgetSync.Aws.Respond;
using BudgetSync.Aws.Spokes;
using BudgetSync.Aws.Tables;
using BudgetSync.Aws.Track;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Rows;

namespace BudgetSync.Management;

/// <summary>
/// The composition root of the management functions: what the executable runs, and what a host runs in its own process. One instance is one warm
/// Lambda environment: it keeps clients, sessions in spokes and the organization from one invocation to the next.
/// </summary>
public sealed class ManagementFunction : IDisposable
{
    private readonly Func<ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<byte[]>> handle;
    private readonly List<IDisposable> owned;

    private ManagementFunction(Func<ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<byte[]>> handle, List<IDisposable> owned)
    {
        this.handle = handle;
        this.owned = owned;
    }

    /// <summary>Wires one of the functions.</summary>
    /// <param name="environment">The variables of src/README.md, and AWS_REGION, AWS_ACCESS_KEY_ID and its companions, AWS_ENDPOINT_URL.</param>
    /// <param name="http">What carries AWS calls; null is the network. Not disposed here.</param>
    /// <param name="random">Of the waits between tries.</param>
    /// <param name="output">Where log lines and metrics go; null writes none.</param>
    /// <exception cref="InvalidOperationException">Settings are missing or wrong; all of them are named.</exception>
    public static ManagementFunction Create(
        IReadOnlyDictionary<string, string> environment,
        HttpMessageHandler? http,
        TimeProvider time,
        Random random,
        Stream? output)
    {
        var settings = ManagementSettings.Read(environment);
        var clients = new AwsClients(environment, http);
        var log = new JsonLog(output, time);
        var caller = new AwsCaller(time, random, log);
        switch (settings)
        {
            case ManagementSettings.Collect collect:
                var status = new StatusTable(clients.Dynamo, collect.StatusTable, caller);
                var history = new HistoryKeeper(collect.HistoryTable is { } kept ? new HistoryTable(clients.Dynamo, kept, caller) : null, log);
                var collector = new ReportCollector(status, clients.Events, collect.EventBusName, history, collect.SpendBounds, caller, log, time);
                return new ManagementFunction((payload, _, cancellation) => CollectAsync(collector, log, payload, cancellation), [clients]);
            case ManagementSettings.Track(var table, var most):
                return Track(clients, table, most, caller, log, time);
            case ManagementSettings.Report report:
                return Report(clients, report, caller, log, time);
            case ManagementSettings.Notify notify:
                return new ManagementFunction(
                    (payload, remaining, cancellation) =>
                        NotifyAsync(Notifier(notify, clients, caller, log, random, time), payload, remaining, time, cancellation),
                    [clients]);
            case ManagementSettings.Respond respond:
                return Respond(respond, clients, caller, log, time);
            case ManagementSettings.Propagate(var common):
                return Propagate(new SpokeParts(common, Limits.AssumeRolePerSecond, clients, caller, log, time));
            case ManagementSettings.Reconcile(var common, var queueUrl, var reads):
                var parts = new SpokeParts(common, Limits.ReconcileAssumeRolePerSecond, clients, caller, log, time);
                return Reconcile(
                    parts, new DeadLetterQueue(clients.Queues, queueUrl, caller), reads ? new ArmedSwitch(clients.OwnSystems, caller) : null);
            default:
                throw new InvalidOperationException($"{settings.GetType()} is no case of ManagementSettings.");
        }
    }

    /// <summary>Runs one invocation.</summary>
    /// <param name="payload">The event as JSON.</param>
    /// <param name="remaining">How long the invocation may still take.</param>
    /// <returns>The answer as JSON.</returns>
    /// <remarks>What it throws is a function error, for Lambda to retry and in the end to park.</remarks>
    public Task<byte[]> InvokeAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellation) =>
        handle(payload, remaining, cancellation);

    public void Dispose()
    {
        foreach (var part in owned) part.Dispose();
    }

    private static Notifier Notifier(
        ManagementSettings.Notify settings,
        AwsClients clients,
        AwsCaller caller,
        JsonLog log,
        Random random,
        TimeProvider time)
    {
        var requests = settings.HistoryTable is { } table ? new TrackTable(clients.Dynamo, table, caller) : null;
        var ledger = new LedgerTable(clients.Dynamo, settings.LedgerTable, caller);
        var drivers = settings.DriverRequests is { } most && requests is not null
            ? new CostDrivers(new CostReader(clients.Costs, requests, CostCounter.Drivers, most, caller), log, time)
            : null;
        var sender = new NotificationSender(
            clients.Events,
            settings.EventBusName,
            new TopicPublisher(clients.OwnTopics, settings.TopicArnPrefix, caller),
            new UndeliveredQueue(clients.Queues, settings.UndeliveredQueueUrl, caller),
            caller,
            log);
        return new Notifier(
            new BudgetsTable(clients.Dynamo, settings.BudgetsTable, caller),
            new StatusTable(clients.Dynamo, settings.StatusTable, caller),
            ledger,
            new PendingSender(ledger, sender, drivers, settings.Channels, time),
            settings.LookEvery is { } lookEvery && requests is not null
                ? new DigestReader(
                    new HistoryTable(clients.Dynamo, settings.HistoryTable!, caller), // Not null: there are requests.
                    requests,
                    settings.Defaults,
                    settings.SpendBounds,
                    lookEvery,
                    asksCosts: settings.DriverRequests is not null)
                : null,
            new EnvelopeReader(settings.Defaults, settings.SpendBounds),
            settings.Channels,
            settings.Anomalies,
            log,
            random,
            time);
    }

    /// <summary>An event about an account looks at that account; a schedule's, and whatever cannot be read, at all of them.</summary>
    private static async Task<byte[]> NotifyAsync(
        Notifier notifier, ReadOnlyMemory<byte> payload, TimeSpan remaining, TimeProvider time, CancellationToken cancellation)
    {
        using var document = EventPayload.TryRead(payload, out _);
        // Before the account that it is sent from, which is the one that pays for all.
        if (document is not null && CostAnomaly.Read(document.RootElement, time.GetUtcNow()) is { } anomaly) await notifier.NotifyAsync(anomaly, cancellation);
        else if (document is not null && Aws.Notify.Notifier.AccountOf(document.RootElement) is { } account) await notifier.NotifyAsync(account, cancellation);
        else await notifier.SweepAsync(remaining, cancellation);
        return "{}"u8.ToArray();
    }

    /// <summary>
    /// As Notify: an event about an account, or a request that looks like one, decides that account; a schedule's all of them. CloudFormation's request frees
    /// whom policies bind that are to go.
    /// </summary>
    private static ManagementFunction Respond(ManagementSettings.Respond settings, AwsClients clients, AwsCaller caller, JsonLog log, TimeProvider time)
    {
        var status = new StatusTable(clients.Dynamo, settings.Propagation.StatusTable, caller);
        var ledger = new LedgerTable(clients.Dynamo, settings.LedgerTable, caller);
        var (management, hub) = (settings.Propagation.Defaults.ManagementAccount, settings.Propagation.Defaults.HubAccount);
        var policies = new ControlPolicies(clients.Organizations, settings.ControlPolicies, management, hub, caller, log, time);
        var armed = new ArmedSwitch(clients.OwnSystems, caller);
        var organization = new OrganizationEnforcer(status, ledger, armed, policies, log, time);
        var release = new ControlRelease(policies, new CustomResourceAnswer(clients.Http, caller, account: null, log), time);
        var sessions = new SpokeSessions(clients, settings.Propagation.Role, Limits.ReconcileAssumeRolePerSecond, caller, time);
        var responder = new Responder(
            new BudgetsTable(clients.Dynamo, settings.Propagation.BudgetsTable, caller),
            status,
            ledger,
            armed,
            clients.Events,
            settings.EventBusName,
            new SpokeQuestion(sessions, clients, caller),
            new AccountTags(clients.Organizations, caller, time),
            settings.Propagation.Defaults,
            settings.SpendBounds,
            caller,
            log,
            time);
        return new ManagementFunction(
            async (payload, remaining, cancellation) =>
            {
                using var document = EventPayload.TryRead(payload, out _);
                if (document is not null && CustomResourceRequest.TryParse(document.RootElement) is { } request)
                {
                    await release.AnswerAsync(request, remaining, cancellation);
                    return "{}"u8.ToArray();
                }

                if (document is not null && Aws.Notify.Notifier.AccountOf(document.RootElement) is { } account)
                {
                    await responder.RespondAsync(account, cancellation);
                    return "{}"u8.ToArray();
                }

                await responder.SweepAsync(remaining, cancellation);
                // One after the other, and in the round alone: the policies of all accounts are one list, at two changes a second.
                // What came of them is told at once, also to the account's parameter, and not first by the next round.
                foreach (var changed in await organization.EnforceAsync(cancellation)) await responder.RespondAsync(changed, cancellation);
                return "{}"u8.ToArray();
            },
            [sessions, clients]);
    }

    private static ManagementFunction Propagate(SpokeParts parts)
    {
        var (writer, budgets, status, organization) = (parts.Writer, parts.Budgets, parts.Status, parts.Organization);
        var fanOut = new FanOut(writer, budgets, status, organization, parts.Defaults, parts.Log, parts.Time);
        var propagator = new Propagator(writer, fanOut, budgets, status, organization, parts.Defaults, parts.Log, parts.Metrics, parts.Time);
        return new ManagementFunction(
            async (payload, remaining, cancellation) =>
            {
                var (records, unreadable) = StreamEvents.Read(payload);
                if (unreadable > 0)
                    parts.Log.Warn(LogEvent.RecordIgnored, null, null, $"{unreadable} records without a key or a sequence number are left out.");
                return StreamEvents.Answer(await propagator.HandleAsync(records, remaining, cancellation));
            },
            parts.Owned);
    }

    private static ManagementFunction Reconcile(SpokeParts parts, DeadLetterQueue deadLetters, ArmedSwitch? armed)
    {
        var (writer, budgets, status, organization) = (parts.Writer, parts.Budgets, parts.Status, parts.Organization);
        var reconciler = new Reconciler(writer, budgets, status, organization, deadLetters, parts.Defaults, parts.Log, parts.Metrics, parts.Time)
        {
            Armed = armed is null ? null : armed.ReadAsync,
        };
        return new ManagementFunction((payload, remaining, cancellation) => ReconcileAsync(reconciler, payload, remaining, cancellation), parts.Owned);
    }

    private static ManagementFunction Track(AwsClients clients, string table, int most, AwsCaller caller, JsonLog log, TimeProvider time)
    {
        var track = new TrackTable(clients.Dynamo, table, caller);
        var costs = new CostReader(clients.Costs, track, CostCounter.Track, most, caller);
        var tracker = new CostTracker(costs, track, new HistoryTable(clients.Dynamo, table, caller), new EmbeddedMetrics(log, time), log, time);
        return new ManagementFunction(
            async (_, remaining, cancellation) =>
                JsonSerializer.SerializeToUtf8Bytes(await tracker.TrackAsync(remaining, cancellation), ManagementJson.Default.TrackAnswer),
            [clients]);
    }

    /// <summary>A dashboard's invocation is answered with what is kept; any other, which is the schedule's, makes it anew.</summary>
    private static ManagementFunction Report(AwsClients clients, ManagementSettings.Report settings, AwsCaller caller, JsonLog log, TimeProvider time)
    {
        var bucket = new PageBucket(clients.Objects, settings.Bucket, caller);
        var widget = new PageWidget(bucket, settings.Endpoint, log, time);
        var history = new HistoryTable(clients.Dynamo, settings.HistoryTable, caller);
        var publisher = new PagePublisher(
            new BudgetsTable(clients.Dynamo, settings.BudgetsTable, caller),
            new StatusTable(clients.Dynamo, settings.StatusTable, caller),
            new OrganizationReader(clients.Organizations, caller, time),
            history,
            new TrackTable(clients.Dynamo, settings.HistoryTable, caller),
            bucket,
            new ShowbackPublisher(history, bucket, log, time),
            settings.Organization,
            settings.Defaults,
            settings.SpendBounds,
            log,
            time);
        return new ManagementFunction(
            async (payload, _, cancellation) =>
            {
                using var document = EventPayload.TryRead(payload, out var _);
                return document is not null && PageWidget.Asks(document.RootElement)
                    ? await widget.AnswerAsync(document.RootElement, cancellation)
                    : JsonSerializer.SerializeToUtf8Bytes(await publisher.PublishAsync(cancellation), ManagementJson.Default.ReportAnswer);
            },
            [clients]);
    }

    /// <summary>What cannot be read is told to the log and done with, like everything on the bus that is no report: a retry would not help.</summary>
    private static async Task<byte[]> CollectAsync(ReportCollector collector, JsonLog log, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        using var document = EventPayload.TryRead(payload, out var problem);
        if (document is null) log.Warn(LogEvent.ReportIgnored, null, null, $"An event that cannot be read, {problem}: ignored.");
        else await collector.CollectAsync(document.RootElement, cancellation);
        return "{}"u8.ToArray();
    }

    private static async Task<byte[]> ReconcileAsync(
        Reconciler reconciler,
        ReadOnlyMemory<byte> payload,
        TimeSpan remaining,
        CancellationToken cancellation)
    {
        var request = ReconcileRequest.Parse(payload);
        return ReconcileAnswer.Format(await reconciler.ReconcileAsync(request.Accounts, request.Force, request.Since, remaining, cancellation));
    }

    /// <summary>What Propagate and Reconcile have in common: the tables, the organization, and the way into the spokes.</summary>
    private sealed class SpokeParts
    {
        public SpokeParts(
            ManagementSettings.PropagationSettings settings,
            int assumeRolePerSecond,
            AwsClients clients,
            AwsCaller caller,
            JsonLog log,
            TimeProvider time)
        {
            var sessions = new SpokeSessions(clients, settings.Role, assumeRolePerSecond, caller, time);
            var parameter = new SpokeParameter(sessions, settings.ParameterName, caller, time);
            Budgets = new BudgetsTable(clients.Dynamo, settings.BudgetsTable, caller);
            Status = new StatusTable(clients.Dynamo, settings.StatusTable, caller);
            Organization = new OrganizationReader(clients.Organizations, caller, time);
            Writer = new AccountPropagator(Budgets, Status, parameter, settings.Role, settings.Defaults, log, time);
            Metrics = new EmbeddedMetrics(log, time);
            (Defaults, Log, Time, Owned) = (settings.Defaults, log, time, [sessions, clients]);
        }

        public BudgetsTable Budgets { get; }

        public StatusTable Status { get; }

        public OrganizationReader Organization { get; }

        public AccountPropagator Writer { get; }

        public EmbeddedMetrics Metrics { get; }

        public StackDefaults Defaults { get; }

        public JsonLog Log { get; }

        public TimeProvider Time { get; }

        public List<IDisposable> Owned { get; }
    }
}
