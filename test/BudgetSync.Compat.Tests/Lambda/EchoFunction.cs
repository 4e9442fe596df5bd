using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace BudgetSync.Compat.Tests.Lambda;

/// <summary>A whole function of its own: answers each event with itself, until it is told to stop.</summary>
internal static class EchoFunction
{
    public static async Task Main()
    {
        Func<Stream, ILambdaContext, Task<Stream>> echo = (input, _) => Task.FromResult(input);
        await LambdaBootstrapBuilder.Create(echo).Build().RunAsync();
    }
}
