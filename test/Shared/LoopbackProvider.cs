using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BudgetSync.Testing;

/// <summary>A request as a provider of messages got it.</summary>
internal sealed record ProviderRequest(string Host, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}

/// <summary>What a provider answers.</summary>
internal sealed record ProviderAnswer(int Status, string Body = "", string? RetryAfter = null);

/// <summary>A provider of messages on a free port of loopback: keeps what it gets, and answers as a test says.</summary>
internal sealed class LoopbackProvider : IAsyncDisposable
{
    private readonly WebApplication application;

    private LoopbackProvider(WebApplication application, Uri address)
    {
        this.application = application;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>In the order they came.</summary>
    public ConcurrentQueue<ProviderRequest> Requests { get; } = new();

    public static async Task<LoopbackProvider> StartAsync(Func<ProviderRequest, ProviderAnswer> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        LoopbackProvider? provider = null;
        application.Run(context => provider!.ServeAsync(context, answer)); // Set before the first request.
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return provider = new LoopbackProvider(application, new Uri(addresses.First()));
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context, Func<ProviderRequest, ProviderAnswer> answer)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var path = context.Request.Path + context.Request.QueryString.ToString();
        var request = new ProviderRequest(context.Request.Host.Value ?? "", path, headers, await reader.ReadToEndAsync());
        Requests.Enqueue(request);
        var (status, body, retryAfter) = answer(request);
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsync(body);
    }
}
