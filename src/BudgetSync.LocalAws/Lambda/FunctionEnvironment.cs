using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>The surroundings of a function's code: variables with the credentials of its role, a way to the cloud, the clock.</summary>
#pragma warning disable CA1001 // A cancellation source without a timer holds nothing that must be released, and the code it kills may still look at its token.
public sealed class FunctionEnvironment
#pragma warning restore CA1001
{
    private readonly Gateway gateway;
    private readonly Action<string> log;
    private readonly CancellationTokenSource killed = new();
    // Continued in place: a stepped cloud never leaves its driver's thread.
    private readonly TaskCompletionSource crash = new();

    internal FunctionEnvironment(
        string id,
        FunctionDefinition function,
        ImmutableDictionary<string, string> variables,
        DateTimeOffset credentialsExpire,
        LocalCloud cloud,
        Action<string> log)
    {
        (Id, Function, Variables, CredentialsExpire, Time, gateway, this.log) = (id, function, variables, credentialsExpire, cloud.Time, cloud.Gateway, log);
        Killed = killed.Token;
    }

    /// <summary>Unique in this cloud.</summary>
    public string Id { get; }

    public FunctionDefinition Function { get; }

    /// <summary>
    /// The function's own variables and those Lambda sets (Lambda developer guide, "Defined runtime environment variables"), the role's credentials among them.
    /// </summary>
    public ImmutableDictionary<string, string> Variables { get; }

    /// <summary>An environment is replaced, as AWS recycles its own, well before its credentials end.</summary>
    public DateTimeOffset CredentialsExpire { get; }

    public TimeProvider Time { get; }

    /// <summary>Cancelled when the environment is killed: timed out, crashed, or no longer needed.</summary>
    public CancellationToken Killed { get; }

    /// <summary>Completes when a fault crashed the environment (<see cref="Fault.Crash"/>).</summary>
    internal Task Crashed => crash.Task;

    /// <summary>A handler that reaches the cloud without a socket, for as long as this environment lives.</summary>
    public HttpMessageHandler CreateHandler() => new EnvironmentHandler(this, new InProcessHandler(gateway));

    /// <summary>Writes a line to the function's log.</summary>
    public void Log(string line) => log(line);

    internal void Crash()
    {
        // Killed first: whoever hears of the crash finds the environment dead.
        Kill();
        crash.TrySetResult();
    }

    internal void Kill()
    {
        if (!killed.IsCancellationRequested) killed.Cancel();
    }
}
