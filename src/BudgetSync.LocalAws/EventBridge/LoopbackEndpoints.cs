namespace BudgetSync.LocalAws.EventBridge;

/// <summary>
/// Leads HTTPS calls of API destinations to servers on this machine, by host name: a fake of Slack in place of <c>slack.com</c>. Every other host cannot be
/// reached, so that no test and no local run calls a provider.
/// </summary>
public sealed class LoopbackEndpoints : DelegatingHandler
{
    private readonly IReadOnlyDictionary<string, Uri> hosts;

    /// <param name="hosts">Host name to an address on loopback.</param>
    /// <exception cref="ArgumentException">An address that is not on loopback.</exception>
    public LoopbackEndpoints(IReadOnlyDictionary<string, Uri> hosts)
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        if (hosts.Where(host => !host.Value.IsLoopback).Select(host => host.Value).FirstOrDefault() is { } elsewhere)
            throw new ArgumentException($"{elsewhere} is not on loopback, and LocalAws calls nothing else.", nameof(hosts));
        this.hosts = hosts;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri ?? throw new InvalidOperationException("A request has an address.");
        if (!hosts.TryGetValue(asked.Host, out var here))
            throw new HttpRequestException(HttpRequestError.NameResolutionError, $"LocalAws does not reach {asked.Host}.");
        request.Headers.Host = asked.Authority;
        request.RequestUri = new Uri(here, asked.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
