using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using BudgetSync.Aws.Settings;
using BudgetSync.Management;

// The function is made before the first event is asked for: Lambda gives start-up more processor time than an invocation.
using var function = ManagementFunction.Create(ProcessEnvironment.Read(), null, TimeProvider.System, new Random(), Console.OpenStandardOutput());

using var bootstrap = LambdaBootstrapBuilder.Create(HandleAsync).Build();
await bootstrap.RunAsync();
return 0;

async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
{
    using var payload = new MemoryStream();
    await input.CopyToAsync(payload);
    return new MemoryStream(await function.InvokeAsync(payload.GetBuffer().AsMemory(0, (int)payload.Length), context.RemainingTime, CancellationToken.None));
}
