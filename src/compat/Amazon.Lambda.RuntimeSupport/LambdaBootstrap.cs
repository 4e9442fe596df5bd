using System.Runtime.InteropServices;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The invoke loop: next, handle, respond, for as long as the process lives.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly HttpClient http;
    private readonly bool ownsHttpClient;
    private readonly LambdaBootstrapHandler handler;
    private readonly LambdaBootstrapInitializer initializer;
    private readonly ILambdaSerializer serializer;
    private readonly RuntimeApiClient runtime;

    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, ownsHttpClient: false, handler, null, initializer, null, TimeProvider.System)
    {
    }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), ownsHttpClient: true, handler, null, initializer, null, TimeProvider.System)
    {
    }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(handlerWrapper, null, initializer)
    {
    }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(
            ConstructHttpClient(),
            ownsHttpClient: true,
            handlerWrapper.Handler,
            handlerWrapper.Serializer,
            initializer,
            lambdaBootstrapOptions,
            TimeProvider.System)
    {
    }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper, null, initializer)
    {
    }

    public LambdaBootstrap(
        HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, ownsHttpClient: false, handlerWrapper.Handler, handlerWrapper.Serializer, initializer, lambdaBootstrapOptions, TimeProvider.System)
    {
    }

    internal LambdaBootstrap(
        HttpClient httpClient,
        bool ownsHttpClient,
        LambdaBootstrapHandler handler,
        ILambdaSerializer serializer,
        LambdaBootstrapInitializer initializer,
        LambdaBootstrapOptions options,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(handler);
        http = httpClient;
        this.ownsHttpClient = ownsHttpClient;
        this.handler = handler;
        this.serializer = serializer;
        this.initializer = initializer;

        // The call for the next invocation is open while Lambda has the process frozen, for hours; no client timeout can tell that from a fault.
        http.Timeout = Timeout.InfiniteTimeSpan;
        runtime = new RuntimeApiClient(http, options?.RuntimeApiEndpoint, time);
    }

    public static HttpClient ConstructHttpClient()
    {
        // Straight to the sockets: HttpClientHandler around them costs cold start and adds nothing.
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"aws-lambda-dotnet/{Environment.Version}-BudgetSync");
        return client;
    }

    /// <summary>
    /// Runs until cancelled; an answer under way is then given up, as by the official package. Without a token that can be cancelled the process
    /// is a function's own, and SIGTERM ends the loop: the invocation under way is answered first. Ends with an exception after a failed initialization or a
    /// fault of the Runtime API, upon which the process is to exit.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminated = cancellationToken.CanBeCanceled ? null : PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });

        if (initializer is not null && !await Initialize())
            return;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await InvokeOnce(stopping.Token, cancellationToken);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && ownsHttpClient)
            http.Dispose();
    }

    private async Task<bool> Initialize()
    {
        try
        {
            return await initializer();
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync(exception.ToString());
            await runtime.ReportInitializationErrorAsync(exception);
            throw;
        }
    }

    private async Task InvokeOnce(CancellationToken stopping, CancellationToken cancellationToken)
    {
        using var invocation = await runtime.GetNextInvocationAsync(stopping);
        var context = (LambdaContext)invocation.LambdaContext;
        context.Serializer = serializer;
        Environment.SetEnvironmentVariable(FunctionEnvironment.TraceId, context.TraceId);

        InvocationResponse response;
        try
        {
            response = await handler(invocation);
        }
        catch (Exception exception)
        {
            context.Logger.Log(nameof(LogLevel.Error), exception, null);
            await runtime.ReportInvocationErrorAsync(context.AwsRequestId, exception, cancellationToken);
            return;
        }
        try
        {
            await runtime.SendResponseAsync(context.AwsRequestId, response?.OutputStream, cancellationToken);
        }
        finally
        {
            if (response is { DisposeOutputStream: true })
                await response.OutputStream.DisposeAsync();
        }
    }
}
