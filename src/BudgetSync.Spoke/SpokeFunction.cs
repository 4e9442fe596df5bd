using System.Text;
using System.Text.Json;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Aws.Spokes;
using BudgetSync.Aws.Stops;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Spoke;

/// <summary>
/// The composition root of Apply and Meter: what the executable runs, and what a host runs in its own process. Whatever the event, the work of Apply is the
/// same, but that a custom resource also wants an answer at its URL, and that a look changes no budget that counts what it should.
/// </summary>
public sealed class SpokeFunction : IDisposable
{
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> handle;
    private readonly AwsClients clients;

    private SpokeFunction(Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> handle, AwsClients clients)
    {
        this.handle = handle;
        this.clients = clients;
    }

    /// <summary>Wires the function.</summary>
    /// <param name="environment">The variables of src/README.md, and AWS_REGION, AWS_ACCESS_KEY_ID and its companions, AWS_ENDPOINT_URL.</param>
    /// <param name="http">What carries AWS calls and a custom resource's answer; null is the network. Not disposed here.</param>
    /// <param name="random">Of the waits between tries.</param>
    /// <param name="output">Where log lines go; null writes none.</param>
    /// <exception cref="InvalidOperationException">Settings are missing or wrong; all of them are named.</exception>
    public static SpokeFunction Create(
        IReadOnlyDictionary<string, string> environment,
        HttpMessageHandler? http,
        TimeProvider time,
        Random random,
        Stream? output)
    {
        var clients = new AwsClients(environment, http);
        var log = new JsonLog(output, time);
        var caller = new AwsCaller(time, random, log);
        return environment.GetValueOrDefault("BUDGETSYNC_FUNCTION") switch
        {
            "Meter" => new SpokeFunction(MeterEvents.Create(environment, clients, caller, log, time).HandleAsync, clients),
            "RegionMeter" => new SpokeFunction(RegionMeterEvents.Create(environment, clients, caller, log).HandleAsync, clients),
            _ => Apply(environment, clients, caller, log, time),
        };
    }

    private static SpokeFunction Apply(
        IReadOnlyDictionary<string, string> environment, AwsClients clients, AwsCaller caller, JsonLog log, TimeProvider time)
    {
        var settings = SpokeSettings.Read(environment, clients.Region);
        var reader = new BudgetsReader(clients.Budgets, settings.Account, settings.Defaults.Partition, caller);
        var restrictions = settings.Restrictions is { } given ? new SpokeRestrictions(Hub(given), Executor(given), Lease(given)) : null;
        var topics = new TopicReader(
            clients.Topics, clients.Keys, settings.Account, settings.Defaults.Partition, settings.AlertTopic, caller);
        var name = environment.GetValueOrDefault("AWS_LAMBDA_FUNCTION_NAME", "BudgetSync-FirstApply");
        var arn = $"arn:{settings.Defaults.Partition}:lambda:{clients.Region.SystemName}:{settings.Account}:function:{name}";
        var reports = new ReportSender(() => clients.Events, arn, caller, log, time);
        var looker = new Looker(
            settings.Account, clients.OwnSystems, settings.ParameterName, reader, topics, settings.Defaults, restrictions, caller, log, time)
        {
            Meters = settings.Meters,
            Unfinished = reports.SendAsync,
        };
        var applier = new Applier(
            settings.Account,
            clients.OwnSystems,
            settings.ParameterName,
            reader,
            new BudgetsWriter(clients.Budgets, settings.Account, settings.Defaults.Partition, caller),
            settings.Defaults,
            settings.AlertTopic,
            restrictions,
            caller,
            log,
            time)
        {
            Meters = settings.Meters,
            Topics = topics,
            Unfinished = reports.SendAsync,
        };
        var answer = new CustomResourceAnswer(clients.Http, caller, settings.Account.Value, log);
        var customResource = new CustomResource(applier, Hub, Executor, Lease, reports, answer, caller, settings.Account);
        return new SpokeFunction((payload, cancellation) => ApplyAsync(payload, applier, looker, customResource, reports, cancellation), clients);

        HubRestrictions Hub(RestrictionSettings given) => new(
            new HubVersions(
                new WrittenVersions(clients.OwnSystems, settings.ParameterName, caller), given.HubRole, settings.Account, settings.Defaults.Partition),
            settings.Account,
            settings.Defaults,
            log);

        // A stack from before the journals has no parameter for it either.
        RestrictionLease? Lease(RestrictionSettings given) => given.HubRole.Length == 0
            ? null
            : new RestrictionLease(clients.OwnSystems, given.OwnRole, settings.Account, settings.Defaults.Partition, caller, log);

        RestrictionExecutor Executor(RestrictionSettings given)
        {
            var (account, partition) = (settings.Account, settings.Defaults.Partition);
            var stops = StopRegions.Executor(given.StopRegions, given.OwnRole, clients, account, partition, caller, log, time);
            var principals = new AccountPrincipals(clients.Identities, account, partition, caller);
            var journals = given.HubRole.Length == 0
                ? null
                : new JournalParameter(clients.OwnSystems, DenyJournal.ParameterName, given.OwnRole, account, partition, caller);
            return new RestrictionExecutor(principals, given, journals, stops, account, log);
        }
    }

    /// <summary>Runs one invocation.</summary>
    /// <param name="payload">
    /// The event as JSON. Of Apply: a look's request (<see cref="LookRequest"/>), a parameter's change, a schedule's, a custom resource's request, or anything
    /// else, readable or not, to apply at once. Of Meter: a batch of a log, a look, or a custom resource's request.
    /// </param>
    /// <param name="remaining">What every function is handed. Nothing here reads it: an apply is too short to be divided.</param>
    /// <returns>Of Apply the report as JSON, which Lambda's destination carries to the management account; of Meter what it counted.</returns>
    /// <remarks>What it throws is a function error: Lambda runs the function again, and in the end reports the failure itself.</remarks>
    public Task<byte[]> InvokeAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellation) => handle(payload, cancellation);

    public void Dispose() => clients.Dispose();

    private static async Task<byte[]> ApplyAsync(
        ReadOnlyMemory<byte> payload,
        Applier applier,
        Looker looker,
        CustomResource customResource,
        ReportSender reports,
        CancellationToken cancellation)
    {
        using var document = EventPayload.TryRead(payload, out _);
        var root = document?.RootElement ?? default;
        var look = LookRequest.TryParse(root);
        var report = CustomResourceRequest.TryParse(root) is { } request
            ? await customResource.AnswerAsync(request, cancellation)
            : look is not null ? await LookAsync(look)
            : await applier.ApplyAsync(TriggerOf(root), cancellation);
        return Encoding.UTF8.GetBytes(report is null ? "null" : ReportJson.Format(report, holds: look is { IsOfHub: true }));

        async Task<Report> LookAsync(LookRequest look)
        {
            var seen = await looker.LookAsync(look, cancellation);
            var isAltered = seen.Budgets.Any(budget => budget.IsAltered);
            // Whoever waits for an answer gets it of Lambda, and no destination does: what was found and done is told as of every look.
            if (look.IsOfHub || isAltered) await reports.SendAsync(seen, cancellation);
            if (!isAltered) return seen;
            try
            {
                // Once in a look: what an apply cannot put back, no other can.
                var applied = await applier.ApplyAsync(Trigger.Altered, cancellation);
                if (!look.IsOfHub) return applied;
                await reports.SendAsync(applied, cancellation);
                return seen;
            }
            catch (AwsFaultException unfinished) when (look.IsOfHub)
            {
                // Whoever asks gets what was seen as the answer; the next look applies again.
                return seen with { Reasons = [.. seen.Reasons, unfinished.Fault.Reason] };
            }
        }
    }

    private static Trigger TriggerOf(JsonElement root)
    {
        var kind = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("detail-type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;
        return kind switch
        {
            "Parameter Store Change" => Trigger.ParameterChanged,
            "Scheduled Event" => Trigger.Scheduled,
            _ => Trigger.Direct,
        };
    }
}
