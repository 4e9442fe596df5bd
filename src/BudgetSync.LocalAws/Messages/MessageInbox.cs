using System.Net;
using System.Text;

namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// Stands for every provider outside (<see cref="LocalCloudOptions.Outside"/>): keeps what API destinations send and answers as the provider does where all is
/// well. It checks neither login nor body. Of the address it keeps the host alone: path and query may be the secret, as those of an incoming webhook are.
/// </summary>
public sealed class MessageInbox(TimeProvider time) : HttpMessageHandler
{
    /// <summary>The oldest of more are forgotten.</summary>
    public const int Most = 1_000;

    private readonly Lock gate = new();
    private readonly Queue<InboxMessage> kept = new();

    /// <summary>What is kept, oldest first.</summary>
    public IReadOnlyList<InboxMessage> Messages
    {
        get
        {
            lock (gate) return [.. kept];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri?.Host ?? throw new InvalidOperationException("A request has an address.");
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        var message = ProviderBody.Of(time.GetUtcNow(), host, body);
        lock (gate)
        {
            kept.Enqueue(message);
            while (kept.Count > Most) kept.Dequeue();
        }

        var (status, answer) = Answer(host);
        var reply = new StringContent(answer, Encoding.UTF8, answer.StartsWith('{') ? "application/json" : "text/plain");
        return new HttpResponseMessage(status) { Content = reply };
    }

    /// <summary>Slack API, chat.postMessage and "Sending messages using incoming webhooks"; PagerDuty, "Events API v2"; ServiceNow, "Table API".</summary>
    private static (HttpStatusCode Status, string Answer) Answer(string host) => ProviderBody.ProviderOf(host) switch
    {
        "Slack" => (HttpStatusCode.OK, host == ProviderBody.SlackApi ? """{"ok":true}""" : "ok"),
        "PagerDuty" => (HttpStatusCode.Accepted, """{"status":"success","message":"Event processed"}"""),
        "Teams" => (HttpStatusCode.Accepted, ""),
        "ServiceNow" or "Jira" => (HttpStatusCode.Created, "{}"),
        _ => (HttpStatusCode.OK, ""),
    };
}
