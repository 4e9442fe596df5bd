using System.Net;
using System.Text;
using BudgetSync.LocalAws.Messages;

namespace BudgetSync.LocalAws.Tests;

/// <summary>The messages that have arrived, and their page on the port.</summary>
public sealed class InboxPageTests
{
    private const string SlackBody = """
        {"channel":"C1","text":"fallback","blocks":[{"type":"header","text":{"type":"plain_text","text":"Critical: a &amp; b"}},
         {"type":"section","fields":[{"type":"plain_text","text":"Spent\n120 USD"}]}]}
        """;

    private const string PagerBody = """
        {"routing_key":"planted-7c1e","event_action":"resolve","dedup_key":"k1",
         "payload":{"summary":"Resolved: team-a","severity":"info","custom_details":{"Spent":"9 USD"}}}
        """;

    private static readonly Uri Page = new("_local/inbox", UriKind.Relative);

    [Fact]
    public async Task The_page_has_what_came_to_providers_topics_and_subscribers_the_newest_first()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("https://slack.com/api/chat.postMessage", SlackBody);
        await world.PostAsync("https://events.pagerduty.com/v2/enqueue", PagerBody);
        await world.PublishAsync("Third\nwith a second line");

        using var answer = await world.Client.GetAsync(Page);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("Messages that have arrived: 3", html, StringComparison.Ordinal);
        string[] inOrder =
        [
            "<h2>Third</h2>",
            "<p>with a second line",
            "<h2>Resolved: team-a</h2>",
            "<p>dedup_key: k1",
            "<h2>Critical: a &amp; b</h2>",
            "<p>Spent: 120 USD"
        ];
        var places = inOrder.Select(text => html.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.All(places, place => Assert.True(place > 0, html));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task What_is_written_into_a_message_is_text_on_the_page()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync("<script>alert(1)</script>\u202Egnp.exe\n\"'&<img src=x>");

        using var answer = await world.Client.GetAsync(Page);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Contains("<h2>&lt;script&gt;alert(1)&lt;/script&gt;\uFFFDgnp.exe</h2>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.OK)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://example.com", HttpStatusCode.Forbidden)]
    [InlineData("Host", "inbox.example.com", HttpStatusCode.Forbidden)]
    public async Task Only_who_opens_it_by_its_address_on_this_machine_gets_the_page(string header, string value, HttpStatusCode expected)
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.Add(header, value);

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Secrets_of_a_call_are_not_kept()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("https://events.pagerduty.com/v2/enqueue", PagerBody);
        await world.PostAsync("https://hooks.slack.com/services/T00000000/B00000000/planted7c1eXXXXXXXXXXXXX", SlackBody);
        await world.PostAsync("https://example.logic.azure.com/workflows/1?sig=planted-7c1e", "{}");
        await world.PostAsync("https://events.pagerduty.com/v2/enqueue", PagerBody.Replace("resolve", "close", StringComparison.Ordinal));

        Assert.DoesNotContain("planted", await world.Client.GetStringAsync(Page), StringComparison.Ordinal);
        Assert.Equal(["PagerDuty", "Slack webhook", "Teams", "PagerDuty"], world.Inbox.Messages.Select(message => message.Sender));
    }

    [Fact]
    public async Task The_oldest_of_many_are_forgotten_and_the_page_has_the_newest()
    {
        await using var world = await World.StartAsync();
        for (var index = 0; index <= MessageInbox.Most; index++) await world.PostAsync("https://example.com/hook", $$"""{"text":"number {{index}}"}""");

        Assert.Equal((MessageInbox.Most, "text: number 1"), (world.Inbox.Messages.Count, world.Inbox.Messages[0].Title));
        var html = await world.Client.GetStringAsync(Page);
        Assert.Contains("Messages that have arrived: 1,001, the newest first; 801 older ones are left out.", html, StringComparison.Ordinal);
        Assert.EndsWith("</article>\n<p>801 older messages are left out.\n</main></html>\n", html, StringComparison.Ordinal);
        Assert.Contains("<h2>text: number 801</h2>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>text: number 800</h2>", html, StringComparison.Ordinal);
    }

    internal sealed record World(LocalCloud Cloud, MessageInbox Inbox, HttpClient Client) : IAsyncDisposable
    {
        public static async Task<World> StartAsync()
        {
            var inbox = new MessageInbox(TimeProvider.System);
            var cloud = new LocalCloud(new LocalCloudOptions { Outside = inbox });
            await cloud.ListenAsync(0, CancellationToken.None);
            return new World(cloud, inbox, new HttpClient { BaseAddress = cloud.Address });
        }

        public async Task<(HttpStatusCode Status, string Body)> PostAsync(string address, string body, bool login = true, string? mediaType = null)
        {
            using var client = new HttpClient(Inbox, disposeHandler: false);
            if (login) client.DefaultRequestHeaders.Add("Authorization", "Bearer any");
            mediaType ??= body.Contains("specversion", StringComparison.Ordinal) ? "application/cloudevents+json" : "application/json";
            using var content = new StringContent(body, Encoding.UTF8, mediaType);
            using var answer = await client.PostAsync(new Uri(address), content);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        public async Task PublishAsync(string text, string? subject = null, (string Protocol, string Endpoint)? subscriber = null)
        {
            using var api = new Api(Cloud, Cloud.Options.ManagementAccountId);
            var topic = Cloud.Sns.PutTopic(Cloud.Options.ManagementAccountId, subscriber is null ? "operations" : "channel");
            if (subscriber is var (protocol, endpoint)) Cloud.Sns.Subscribe(topic, protocol, endpoint);
            await api.QueryAsync("sns", "Publish", [("TopicArn", topic), ("Message", text), .. subject is null ? [] : new[] { ("Subject", subject) }]);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Cloud.DisposeAsync();
            Inbox.Dispose();
        }
    }
}
