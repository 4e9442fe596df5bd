namespace BudgetSync.LocalAws.Lambda;

/// <summary>How the code of a handler is run: in this process, or as processes of its own.</summary>
public interface IFunctionRuntime
{
    /// <summary>
    /// How many environments may exist at once, busy and idle; an invocation beyond it waits. Idle ones are stopped, least recently used first.
    /// </summary>
    int MaximumHosts { get; }

    /// <summary>How many environments may stay idle.</summary>
    int MaximumIdleHosts { get; }

    /// <summary>Starts an environment. What it throws ends the invocation that needed it as an initialization error.</summary>
    Task<IFunctionHost> StartAsync(FunctionEnvironment environment);
}

/// <summary>One environment with its code loaded. Disposing it kills it.</summary>
public interface IFunctionHost : IAsyncDisposable
{
    /// <summary>Runs one invocation to its end. Never throws for what the code does wrong.</summary>
    Task<FunctionResult> InvokeAsync(ReadOnlyMemory<byte> payload, InvocationContext context);
}
