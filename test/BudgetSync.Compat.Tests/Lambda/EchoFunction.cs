using System.Runtime.InteropServices;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace BudgetSync.Compat.Tests.Lambda;

/// <summary>A whole function of its own: answers each event with itself, until it is told to stop; <see cref="Slow"/> not before that.</summary>
internal static class EchoFunction
{
    public const string Slow = "\"slow\"";

    public static async Task Main()
    {
        Func<Stream, ILambdaContext, Task<Stream>> echo = EchoAsync;
        await LambdaBootstrapBuilder.Create(echo).Build().RunAsync();
    }

    private static async Task<Stream> EchoAsync(Stream input, ILambdaContext context)
    {
        using var reader = new StreamReader(input, leaveOpen: true);
        if (await reader.ReadToEndAsync() == Slow)
        {
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => told.TrySetResult());
            Console.WriteLine("handling");
            await told.Task;
        }

        input.Position = 0;
        return input;
    }
}
