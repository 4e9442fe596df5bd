using System.Text.Json;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Metering;
using BudgetSync.Core.Ai;

namespace BudgetSync.Spoke;

/// <summary>What Meter is invoked with: a batch of the model invocation log, or a request of CloudFormation about that logging.</summary>
internal sealed class MeterEvents(CallMeter meter, LoggingResource logging)
{
    /// <exception cref="InvalidOperationException">Settings are missing or wrong; all of them are named.</exception>
    public static MeterEvents Create(IReadOnlyDictionary<string, string> environment, AwsClients clients, AwsCaller caller, JsonLog log)
    {
        var settings = MeterSettings.Read(environment);
        var table = new AiTable(clients.Dynamo, settings.Table, caller);
        var meter = new CallMeter(settings.Account, PriceList.BuiltIn, new ModelProfiles(clients.Models, caller, log), table, caller, log);
        var answer = new CustomResourceAnswer(clients.Http, caller, settings.Account.Value, log);
        return new MeterEvents(meter, new LoggingResource(new InvocationLog(clients.Models, settings.LogGroup, settings.LogRoleArn, caller, log), answer));
    }

    /// <exception cref="ArgumentException">It is neither.</exception>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        using var document = EventPayload.Read(payload);
        if (LogBatch.TryRead(document.RootElement) is { } batch)
            return JsonSerializer.SerializeToUtf8Bytes(await meter.CountAsync(batch, cancellation), MeterJson.Default.MeterAnswer);
        if (CustomResourceRequest.TryParse(document.RootElement) is not { } request)
            throw new ArgumentException("The event is neither a batch of a log nor a request of CloudFormation.", nameof(payload));
        await logging.AnswerAsync(request, cancellation);
        return "null"u8.ToArray();
    }
}
