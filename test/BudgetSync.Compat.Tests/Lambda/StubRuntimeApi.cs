using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BudgetSync.Compat.Tests.Lambda;

/// <summary>A Lambda Runtime API on a free loopback port, behind a path prefix, that hands out what it is given and keeps what it gets.</summary>
internal sealed class StubRuntimeApi : IAsyncDisposable
{
    public static readonly DateTimeOffset Deadline = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;
    private readonly Channel<(string Id, string Event)> waiting = Channel.CreateUnbounded<(string, string)>();
    private readonly Channel<Posted> posts = Channel.CreateUnbounded<Posted>();

    private StubRuntimeApi(WebApplication app) => this.app = app;

    /// <summary>What <c>AWS_LAMBDA_RUNTIME_API</c> would hold. Example: <c>127.0.0.1:40123/functions/one</c>.</summary>
    public string Endpoint => $"{new Uri(app.Urls.Single()).Authority}/functions/one";

    public int StatusOfNext { get; set; } = 200;

    public ConcurrentQueue<string> UserAgents { get; } = [];

    public static async Task<StubRuntimeApi> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // The official client sends an error's cause, for X-Ray, as a header of up to 1 MB.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * 1024 * 1024;
            kestrel.Limits.MaxRequestBufferSize = 2 * 1024 * 1024;
        });
        var app = builder.Build();
        var api = new StubRuntimeApi(app);
        app.Run(api.Answer);
        await app.StartAsync();
        return api;
    }

    /// <summary>Something was posted that nobody has taken yet.</summary>
    public bool HasReceived => posts.Reader.Count > 0;

    public void Give(string id, string payload) => Assert.True(waiting.Writer.TryWrite((id, payload)));

    /// <summary>The next request that posted something: a response or an error.</summary>
    public async Task<Posted> Received() => await posts.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        UserAgents.Enqueue(context.Request.Headers.UserAgent.ToString());
        if (HttpMethods.IsGet(context.Request.Method))
        {
            Assert.Equal("/functions/one/2018-06-01/runtime/invocation/next", context.Request.Path);
            if (StatusOfNext != 200)
            {
                context.Response.StatusCode = StatusOfNext;
                return;
            }
            var (id, payload) = await waiting.Reader.ReadAsync(context.RequestAborted);
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = id;
            context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = $"{Deadline.ToUnixTimeMilliseconds()}";
            context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:eu-west-1:111122223333:function:f";
            context.Response.Headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{id}";
            await context.Response.WriteAsync(payload);
            return;
        }
        using var reader = new StreamReader(context.Request.Body);
        await posts.Writer.WriteAsync(new Posted(
            context.Request.Path.Value!["/functions/one/2018-06-01/runtime/".Length..],
            context.Request.ContentType,
            context.Request.Headers["Lambda-Runtime-Function-Error-Type"],
            await reader.ReadToEndAsync()));
        // As Lambda's own: the official client reads this body and fails without it.
        context.Response.StatusCode = 202;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"status":"OK"}""");
    }

    internal sealed record Posted(string Path, string? ContentType, string? ErrorType, string Body);
}
