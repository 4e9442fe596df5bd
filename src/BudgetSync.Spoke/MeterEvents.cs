using System.Text;
using System.Text.Json;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Metering;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core.Ai;

namespace BudgetSync.Spoke;

/// <summary>
/// What Meter is invoked with: a batch of the model invocation log, word that another Region has counted, a schedule's look at the budgets of models, or a
/// request of CloudFormation about that log.
/// </summary>
internal sealed class MeterEvents(
    CallMeter meter, ModelBudgets budgets, ReportedReadiness readiness, ReportSender reports, LoggingResource logging, AwsCaller caller, JsonLog log)
{
    /// <summary>A look in these minutes of an hour reports whatever has happened: one of those that come every five minutes.</summary>
    private const int ReportingMinutes = 5;

    /// <exception cref="InvalidOperationException">Settings are missing or wrong; all of them are named.</exception>
    public static MeterEvents Create(IReadOnlyDictionary<string, string> environment, AwsClients clients, AwsCaller caller, JsonLog log, TimeProvider time)
    {
        var settings = MeterSettings.Read(environment, clients.Region.PartitionName);
        var table = new AiTable(clients.Dynamo, settings.Table, caller);
        var home = clients.Region.SystemName;
        var meter = new CallMeter(settings.Account, PriceList.BuiltIn, new ModelProfiles(clients.Models(home), caller, log), table, caller, log);
        var principals = new AccountPrincipals(clients.Identities, settings.Account, settings.Defaults.Partition, caller);
        var invocations = LogOf(home, settings.LogRoleArn);
        var budgets = new ModelBudgets(
            settings.Account,
            new AskedModels(
                clients.OwnSystems,
                settings.ParameterName,
                new HubVersions(
                    new WrittenVersions(clients.OwnSystems, settings.ParameterName, caller), settings.HubRole, settings.Account, settings.Defaults.Partition),
                settings.Account,
                settings.Defaults,
                caller,
                log),
            table,
            new ModelSuspension(
                clients.Identities,
                principals,
                new SuspendedPeople(clients.Identities, principals, settings.PeopleDigest, caller),
                settings.SuspensionDigest,
                caller),
            [invocations, .. settings.OtherRegions.Select(region => LogOf(region, $"{settings.LogRoleArn}-{region}"))],
            caller,
            log,
            settings.DeadLetterQueueUrl is { } url ? new MeterQueues(clients.QueuesOf, home, url, caller, log) : null);
        var arn = $"arn:{settings.Defaults.Partition}:lambda:{home}:{settings.Account}:function:"
            + environment.GetValueOrDefault("AWS_LAMBDA_FUNCTION_NAME", "BudgetSync-Meter");
        var reports = new ReportSender(() => clients.Events, arn, caller, log, time);
        var answer = new CustomResourceAnswer(clients.Http, caller, settings.Account.Value, log);
        var readiness = new ReportedReadiness(new PolicyRoom(clients.Identities, caller, log), new MantleUse(clients.Metrics, caller, log), caller);
        return new MeterEvents(meter, budgets, readiness, reports, new LoggingResource(invocations, budgets, answer), caller, log);

        InvocationLog LogOf(string region, string role) =>
            new(region, clients.Models(region), clients.Logs(region), settings.LogGroup, role, caller, log);
    }

    /// <exception cref="ArgumentException">It is none of them.</exception>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        using var document = EventPayload.Read(payload);
        if (LogBatch.TryRead(document.RootElement) is { } batch)
        {
            var counted = await meter.CountAsync(batch, cancellation, SettleAsync);
            return JsonSerializer.SerializeToUtf8Bytes(counted, MeterJson.Default.MeterAnswer);
        }

        if (Says(document.RootElement, "counted"))
        {
            await SettleAsync(cancellation);
            return "null"u8.ToArray();
        }

        if (Says(document.RootElement, "look"))
        {
            var settled = await budgets.SettleAsync(cancellation);
            await ReportAsync(settled, caller.Now.Minute < ReportingMinutes, cancellation);
            // The hub reads the answer where it asks; a schedule's goes nowhere.
            return Encoding.UTF8.GetBytes(
                settled is { } told && LookRequest.TryParse(document.RootElement) is { IsOfHub: true } ? AiReportJson.Format(told.Report) : "null");
        }

        if (CustomResourceRequest.TryParse(document.RootElement) is not { } request)
            throw new ArgumentException("The event is neither a batch of a log, nor a look, nor a request of CloudFormation.", nameof(payload));
        await logging.AnswerAsync(request, cancellation);
        return "null"u8.ToArray();
    }

    private async Task ReportAsync(SettledBudgets? settled, bool always, CancellationToken cancellation)
    {
        if (settled is not { } told || !(told.Changed || always)) return;
        var report = await readiness.AddedAsync(told.Report, told.Attachable, cancellation);
        if (await reports.SendAsync(report, cancellation) && told.Changed) await budgets.ToldAsync(told, cancellation);
    }

    /// <summary><c>{"look":true}</c>, which the stack's schedule sends, or <c>{"counted":true}</c>: another Region has counted.</summary>
    private static bool Says(JsonElement root, string what) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(what, out var said) && said.ValueKind == JsonValueKind.True;

    /// <summary>The batch is counted whatever becomes of this: the next batch, or the next look, decides.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        try
        {
            await ReportAsync(await budgets.SettleAsync(cancellation), always: false, cancellation);
        }
        catch (AwsFaultException stuck)
        {
            log.Error(LogEvent.MeterRefused, null, null, stuck.Message);
        }
    }
}
