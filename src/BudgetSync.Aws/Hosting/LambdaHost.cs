using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace BudgetSync.Aws.Hosting;

/// <summary>Runs one function of ours as a Lambda process: both executables are this, around a composition root of their own.</summary>
public static class LambdaHost
{
    /// <summary>Takes events from the Lambda Runtime API until the environment ends.</summary>
    /// <param name="invoke">
    /// The function: the event as JSON and how long the invocation may still take, to the answer as JSON. Make it before this is called: Lambda gives
    /// start-up more processor time than an invocation. What it throws is a function error, for Lambda to retry and in the end to park.
    /// </param>
    public static async Task RunAsync(Func<ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<byte[]>> invoke)
    {
        using var bootstrap = LambdaBootstrapBuilder.Create(HandleAsync).Build();
        await bootstrap.RunAsync();

        async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
        {
            using var payload = new MemoryStream();
            await input.CopyToAsync(payload);
            return new MemoryStream(await invoke(payload.GetBuffer().AsMemory(0, (int)payload.Length), context.RemainingTime, CancellationToken.None));
        }
    }
}
