using System.Threading.Channels;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>One environment whose code talks the Runtime API: it asks for its next invocation and posts how that ended.</summary>
internal sealed class RuntimeSession(FunctionEnvironment environment)
{
    private readonly Channel<(
        ReadOnlyMemory<byte> Payload,
        InvocationContext Context)> invocations = Channel.CreateUnbounded<(ReadOnlyMemory<byte>, InvocationContext)>();
    private readonly TaskCompletionSource<FunctionResult> death = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private (string RequestId, TaskCompletionSource<FunctionResult> Done)? current;

    public FunctionEnvironment Environment => environment;

    /// <summary>Gives the code an invocation and waits for its end, or for the end of the environment.</summary>
    public async Task<FunctionResult> InvokeAsync(ReadOnlyMemory<byte> payload, InvocationContext context)
    {
        var done = new TaskCompletionSource<FunctionResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) current = (context.RequestId, done);
        invocations.Writer.TryWrite((payload, context));
        return await await Task.WhenAny(done.Task, death.Task);
    }

    /// <summary>Waits for the next invocation; the code's long poll.</summary>
    public async Task<(ReadOnlyMemory<byte> Payload, InvocationContext Context)> NextAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, environment.Killed);
        return await invocations.Reader.ReadAsync(either.Token);
    }

    /// <summary>Ends the current invocation; false where that is another one.</summary>
    public bool Complete(string requestId, FunctionResult result)
    {
        lock (gate)
        {
            if (current is not { } invocation || invocation.RequestId != requestId) return false;
            current = null;
            return invocation.Done.TrySetResult(result);
        }
    }

    /// <summary>The environment is no more: what it was doing ends with this.</summary>
    public void Die(FunctionResult result) => death.TrySetResult(result);
}
