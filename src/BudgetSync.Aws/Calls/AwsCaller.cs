using System.Globalization;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Calls;

/// <summary>
/// The one way of every AWS call: its faults are read by the table, and those that time may heal are tried again in place.
/// The SDK's own retries are off (<see cref="Clients.AwsClients"/>): they know neither our clock and our randomness, which a replayed simulation needs,
/// nor the errors of Budgets that come as HTTP 400.
/// </summary>
public sealed class AwsCaller(TimeProvider time, Random random, JsonLog log)
{
    private readonly Lock gate = new();

    /// <summary>The time as calls are made by it.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Makes a call, again if need be.</summary>
    /// <param name="again">Also tries again after faults of this kind, <paramref name="againAttempts"/> times in all.</param>
    /// <param name="attempts">How often a call is tried whose faults time may heal.</param>
    /// <exception cref="AwsFaultException">The call failed: for <see cref="FaultKind.Retry"/> after all its tries, for other kinds at once.</exception>
    public async Task<T> CallAsync<T>(
        string service,
        string operation,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellation,
        FaultKind again = FaultKind.Retry,
        int againAttempts = Limits.Attempts,
        int attempts = Limits.Attempts)
    {
        for (var failed = 1; ; failed++)
        {
            try
            {
                return await call(cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested && FaultTable.Read(exception, service, operation) is { } fault)
            {
                if (!fault.Known) log.UnknownFault(fault);
                var most = fault.Kind == FaultKind.Retry ? attempts : fault.Kind == again ? againAttempts : 1;
                if (failed >= most) throw new AwsFaultException(fault, exception);
                await Pause.ForAsync(Backoff.Wait(failed, Chance()), time, cancellation);
            }
        }
    }

    /// <summary>Waits before another try that a caller decides about itself, as long as between tries of one call.</summary>
    /// <param name="failed">How many tries have failed.</param>
    public Task WaitAsync(int failed, CancellationToken cancellation) => Pause.ForAsync(Backoff.Wait(failed, Chance()), time, cancellation);

    /// <summary>Waits so long.</summary>
    public Task WaitAsync(TimeSpan length, CancellationToken cancellation) => Pause.ForAsync(length, time, cancellation);

    /// <summary>What no other run has: 16 hexadecimal digits.</summary>
    public string Token()
    {
        lock (gate) return random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
    }

    private double Chance()
    {
        // Random is not safe across threads, and the injected one must stay the only source of chance.
        lock (gate) return random.NextDouble();
    }
}
