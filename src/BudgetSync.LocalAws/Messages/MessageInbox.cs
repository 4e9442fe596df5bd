using System.Text;

namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// Stands for every provider outside (<see cref="LocalCloudOptions.Outside"/>): keeps what API destinations send and answers as the provider does, which
/// refuses what its rules forbid and who brings no login; whether it is the right one is not known here. Of the address it keeps the host alone: path and query
/// may be the secret, as those of an incoming webhook are.
/// </summary>
public sealed class MessageInbox(TimeProvider time) : HttpMessageHandler
{
    /// <summary>The oldest of more are forgotten.</summary>
    public const int Most = 1_000;

    private readonly Lock gate = new();
    private readonly Queue<InboxMessage> kept = new();
    private long arrived;

    /// <summary>What is kept, oldest first.</summary>
    public IReadOnlyList<InboxMessage> Messages
    {
        get
        {
            lock (gate) return [.. kept];
        }
    }

    /// <summary>How many have come, those that are forgotten among them.</summary>
    public long Arrived
    {
        get
        {
            lock (gate) return arrived;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new InvalidOperationException("A request has an address.");
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        var mediaType = request.Content?.Headers.ContentType?.MediaType;
        // Who gets a token sends nobody a message.
        if (TokenEndpoint.IsMeant(mediaType))
        {
            var (given, json) = TokenEndpoint.Answer(body, "local");
            return new HttpResponseMessage(given) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        }

        var now = time.GetUtcNow();
        var (status, answer, refused) = ProviderAnswers.Of(address, request.Headers.Contains("Authorization"), mediaType, body, now);
        var message = ProviderBody.Of(now, address.Host, body) with { Refused = refused };
        lock (gate)
        {
            arrived++;
            kept.Enqueue(message);
            while (kept.Count > Most) kept.Dequeue();
        }

        var reply = new StringContent(answer, Encoding.UTF8, answer.StartsWith('{') ? "application/json" : "text/plain");
        return new HttpResponseMessage(status) { Content = reply };
    }
}
