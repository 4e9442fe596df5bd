using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>The cloud on one loopback port, for the AWS CLI, any SDK and function processes.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private LoopbackServer(WebApplication application, Uri address)
    {
        this.application = application;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="port">0 takes any free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackServer> StartAsync(LocalCloud cloud, int port, CancellationToken cancellation)
    {
        var limits = cloud.Options.Port;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = limits.HeaderTime;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.BodyBytesPerSecond, limits.BodyGrace);
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var application = builder.Build();
        application.Run(context => ServeAsync(cloud, context));
        await application.StartAsync(cancellation);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("The server does not say where it listens.");
        return new LoopbackServer(application, new Uri(addresses.Addresses.First()));
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private static async Task ServeAsync(LocalCloud cloud, HttpContext context)
    {
        if (RequestGuard.Refusal(context.Request) is { } refusal)
        {
            await WriteAsync(context, Refused(StatusCodes.Status403Forbidden, "AccessDeniedException", refusal));
            return;
        }

        if (OperatorRequests.Answer(cloud, context.Request.Method, context.Request.Path) is { } ofOperator)
        {
            await WriteAsync(context, ofOperator);
            return;
        }

        if (await ReadAsync(context) is not { } body) return;
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var path = context.Request.Path + context.Request.QueryString.ToString();
        var request = new WireRequest(context.Request.Method, path, headers, body);
        var answer = await OutsideRequests.AnswerAsync(cloud, request, context.RequestAborted)
            ?? await cloud.Gateway.HandleAsync(request, context.RequestAborted);
        if (answer.Broken) context.Abort();
        else await WriteAsync(context, answer);
    }

    /// <summary>The body; null where it is too large or too slow, which has been answered.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        var limit = RequestGuard.MaximumBytes(context.Request);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return body.ToArray();
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException refused)
        {
            var message = refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"The request is larger than {limit} bytes." : refused.Message;
            await WriteAsync(context, Refused(refused.StatusCode, "RequestEntityTooLarge", message));
            return null;
        }
        catch (IOException broken) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Chunks that are none, for example a size of more digits than a number has.
            await WriteAsync(context, Refused(StatusCodes.Status400BadRequest, "SerializationException", $"The body cannot be read: {broken.Message}"));
            return null;
        }
    }

    private static WireResponse Refused(int status, string code, string message) => new(
        status,
        "application/json",
        Encoding.UTF8.GetBytes(new JsonObject { ["__type"] = code, ["message"] = message }.ToJsonString()),
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Connection"] = "close" });

    private static async Task WriteAsync(HttpContext context, WireResponse answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.ContentType.Length > 0) context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
