using System.Text.Json;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Propagate;
using BudgetSync.Aws.Reconcile;
using BudgetSync.Aws.Spokes;
using BudgetSync.Aws.Tables;

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
        var log = new JsonLog(output, time);
        var clients = new AwsClients(environment, http);
        var caller = new AwsCaller(time, random, log);
        var status = new StatusTable(clients.Dynamo, settings.StatusTable, caller);
        if (settings is { Function: FunctionName.Collect, EventBusName: { } bus })
        {
            var collection = new ReportCollector(status, clients.Events, bus, settings.SpendBounds, caller, log, time);
            return new ManagementFunction((payload, _, cancellation) => CollectAsync(collection, payload, cancellation), [clients]);
        }

        // Settings.Read has seen to it that these are there for the two functions that are left.
        var (role, parameterName, defaults) = (settings.Role!, settings.ParameterName!, settings.Defaults!);
        var budgets = new BudgetsTable(clients.Dynamo, settings.BudgetsTable!, caller);
        var pace = settings.Function == FunctionName.Reconcile ? Limits.ReconcileAssumeRolePerSecond : Limits.AssumeRolePerSecond;
        var sessions = new SpokeSessions(clients, role, pace, caller, time);
        var organization = new OrganizationReader(clients.Organizations, caller, time);
        var propagation = new AccountPropagator(budgets, status, new SpokeParameter(sessions, parameterName, caller, time), role, defaults, log, time);
        var metrics = new EmbeddedMetrics(log, time);
        List<IDisposable> owned = [sessions, clients];
        if (settings.Function == FunctionName.Propagate)
        {
            var fanOut = new FanOut(propagation, budgets, status, organization, defaults, log, time);
            var batch = new Propagator(propagation, fanOut, budgets, status, organization, defaults, log, metrics, time);
            return new ManagementFunction(
                async (payload, remaining, cancellation) => StreamEvents.Answer(await batch.HandleAsync(StreamEvents.Read(payload), remaining, cancellation)),
                owned);
        }

        var deadLetters = new DeadLetterQueue(clients.Queues, settings.DeadLetterQueueUrl!, caller);
        var reconciliation = new Reconciler(propagation, budgets, status, organization, deadLetters, defaults, log, metrics, time);
        return new ManagementFunction((payload, remaining, cancellation) => ReconcileAsync(reconciliation, payload, remaining, cancellation), owned);
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

    private static async Task<byte[]> CollectAsync(ReportCollector collection, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        using var document = JsonDocument.Parse(payload);
        await collection.CollectAsync(document.RootElement, cancellation);
        return "{}"u8.ToArray();
    }

    private static async Task<byte[]> ReconcileAsync(
        Reconciler reconciliation,
        ReadOnlyMemory<byte> payload,
        TimeSpan remaining,
        CancellationToken cancellation)
    {
        var request = ReconcileRequest.Parse(payload);
        return ReconcileAnswer.Format(await reconciliation.ReconcileAsync(request.Accounts, request.Force, remaining, cancellation));
    }
}
