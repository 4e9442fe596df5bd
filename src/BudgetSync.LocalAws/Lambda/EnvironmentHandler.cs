using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// An environment's way to the cloud. Code of a killed environment cannot be stopped in this process, so it is cut off instead: its calls never return,
/// and it can do no harm after its death, which is what a killed process amounts to.
/// </summary>
internal sealed class EnvironmentHandler(FunctionEnvironment environment, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (environment.Killed.IsCancellationRequested) return await NeverAsync();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            return environment.Killed.IsCancellationRequested ? await NeverAsync() : response;
        }
        catch (CallerCrashedException)
        {
            environment.Crash();
            return await NeverAsync();
        }
    }

    private static Task<HttpResponseMessage> NeverAsync() => new TaskCompletionSource<HttpResponseMessage>().Task;
}
