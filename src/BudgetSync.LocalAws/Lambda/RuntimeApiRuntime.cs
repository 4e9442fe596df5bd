using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>Runs a handler's code by starting something that talks the Runtime API at the address its variables name.</summary>
internal sealed class RuntimeApiRuntime(
    RuntimeApi api,
    Func<Uri> cloudAddress,
    Func<FunctionEnvironment, ImmutableDictionary<string, string>, IRuntimeProcess> launch,
    int maximumProcesses) : IFunctionRuntime
{
    public int MaximumHosts => maximumProcesses;

    public int MaximumIdleHosts => maximumProcesses;

    public Task<IFunctionHost> StartAsync(FunctionEnvironment environment)
    {
        var address = cloudAddress();
        var session = api.Open(environment);
        var variables = environment.Variables
            .SetItem("AWS_LAMBDA_RUNTIME_API", RuntimeApi.AddressOf(environment, address))
            .SetItem("AWS_ENDPOINT_URL", address.GetLeftPart(UriPartial.Authority));
        try
        {
            return Task.FromResult<IFunctionHost>(new Host(api, session, launch(environment, variables)));
        }
        catch
        {
            api.Close(session);
            throw;
        }
    }

    private sealed class Host : IFunctionHost
    {
        private readonly RuntimeApi api;
        private readonly RuntimeSession session;
        private readonly IRuntimeProcess process;

        public Host(RuntimeApi api, RuntimeSession session, IRuntimeProcess process)
        {
            (this.api, this.session, this.process) = (api, session, process);
            _ = WatchAsync();
        }

        public Task<FunctionResult> InvokeAsync(ReadOnlyMemory<byte> payload, InvocationContext context) => session.InvokeAsync(payload, context);

        public async ValueTask DisposeAsync()
        {
            session.Environment.Kill();
            await process.DisposeAsync();
            api.Close(session);
        }

        private async Task WatchAsync()
        {
            var code = await process.Exited;
            session.Die(FunctionResult.Died("Runtime.ExitError", $"Error: Runtime exited with error: exit status {code}"));
            // An environment that died while idle must not be taken again.
            session.Environment.Kill();
        }
    }
}
