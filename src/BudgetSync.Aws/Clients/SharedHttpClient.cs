using Amazon.Runtime;

namespace BudgetSync.Aws.Clients;

/// <summary>
/// One HttpClient for every SDK client of a function: a client per spoke then costs neither sockets nor handlers of its own,
/// and a test or a local cloud puts its own handler underneath all of them.
/// </summary>
internal sealed class SharedHttpClient : HttpClientFactory, IDisposable
{
    public SharedHttpClient(HttpMessageHandler? handler, TimeSpan timeout)
    {
        Client = handler is not null
            ? new HttpClient(handler, disposeHandler: false)
            : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        // Whoever carries the calls bounds them as well: a local cloud has a clock of its own, and there a timer is a tenth of what a call costs.
        Client.Timeout = handler is null ? timeout : Timeout.InfiniteTimeSpan;
    }

    public HttpClient Client { get; }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => Client;

    /// <summary>The SDK's own cache is by its configuration and would outlive us.</summary>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <summary>It is shared: no SDK client may take it along when it goes.</summary>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => Client.Dispose();
}
