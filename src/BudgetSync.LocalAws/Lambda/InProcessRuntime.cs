namespace BudgetSync.LocalAws.Lambda;

/// <summary>Runs a handler's code in this process: fast, and every call of it under the simulation's control.</summary>
internal sealed class InProcessRuntime(Func<FunctionEnvironment, InProcessFunction> create) : IFunctionRuntime
{
    public int MaximumHosts => int.MaxValue;

    /// <summary>Enough for a thousand spokes to stay warm; more would be memory for nothing.</summary>
    public int MaximumIdleHosts => 2_000;

    public Task<IFunctionHost> StartAsync(FunctionEnvironment environment) => Task.FromResult<IFunctionHost>(new Host(environment, create(environment)));

    private sealed class Host(FunctionEnvironment environment, InProcessFunction function) : IFunctionHost
    {
        public async Task<FunctionResult> InvokeAsync(ReadOnlyMemory<byte> payload, InvocationContext context)
        {
            var run = RunAsync(payload, context);
            // A crash leaves the code hanging in its fatal call for ever; the invocation must end all the same.
            if (await Task.WhenAny(run, environment.Crashed) == run) return await run;
            return FunctionResult.Died("Runtime.ExitError", $"RequestId: {context.RequestId} Error: Runtime exited with error: exit status 1");
        }

        public ValueTask DisposeAsync()
        {
            environment.Kill();
            return ValueTask.CompletedTask;
        }

        private async Task<FunctionResult> RunAsync(ReadOnlyMemory<byte> payload, InvocationContext context)
        {
            try
            {
                return FunctionResult.Success(await function(payload, context));
            }
#pragma warning disable CA1031 // A function's exception of any kind is a function error, as the runtime client reports it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return FunctionResult.Thrown(exception);
            }
        }
    }
}
