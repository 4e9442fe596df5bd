using System.Text.Json;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Metering;
using BudgetSync.Core.Ai;

namespace BudgetSync.Spoke;

/// <summary>
/// What Meter outside the home region is invoked with: a batch of that Region's log, or a request of CloudFormation about it. It counts into the home region's
/// table and decides nothing.
/// </summary>
internal sealed class RegionMeterEvents(CallMeter meter, CountedNotice notice, LoggingResource logging)
{
    /// <exception cref="InvalidOperationException">Settings are missing or wrong; all of them are named.</exception>
    public static RegionMeterEvents Create(IReadOnlyDictionary<string, string> environment, AwsClients clients, AwsCaller caller, JsonLog log)
    {
        var settings = RegionMeterSettings.Read(environment);
        var region = clients.Region.SystemName;
        var table = new AiTable(clients.DynamoOf(settings.HomeRegion), settings.Table, caller);
        var invocations = new InvocationLog(
            region, clients.Models(region), clients.Logs(region), settings.LogGroup, settings.LogRoleArn, caller, log);
        return new RegionMeterEvents(
            new CallMeter(settings.Account, PriceList.BuiltIn, new ModelProfiles(clients.Models(region), caller, log), table, caller, log),
            new CountedNotice(clients.EventsOf(settings.HomeRegion), region, caller, log),
            new LoggingResource(invocations, budgets: null, new CustomResourceAnswer(clients.Http, caller, settings.Account.Value, log)));
    }

    /// <exception cref="ArgumentException">It is neither.</exception>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        using var document = EventPayload.Read(payload);
        if (LogBatch.TryRead(document.RootElement) is { } batch)
        {
            var counted = await meter.CountAsync(batch, cancellation, notice.SendAsync);
            return JsonSerializer.SerializeToUtf8Bytes(counted, MeterJson.Default.MeterAnswer);
        }

        if (CustomResourceRequest.TryParse(document.RootElement) is not { } request)
            throw new ArgumentException("The event is neither a batch of a log nor a request of CloudFormation.", nameof(payload));
        await logging.AnswerAsync(request, cancellation);
        return "null"u8.ToArray();
    }
}
