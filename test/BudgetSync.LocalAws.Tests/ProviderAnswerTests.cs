using System.Net;

namespace BudgetSync.LocalAws.Tests;

/// <summary>What the inbox answers in place of the providers, and how what each kind of channel gets is shown.</summary>
public sealed class ProviderAnswerTests
{
    private const string Slack = """{"channel":"C1","text":"t"}""";
    private const string Card =
        """{"type":"AdaptiveCard","version":"1.4","body":[{"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"Critical"}]}]}""";
    private const string Teams =
        $$"""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{{Card}}}]}""";
    private const string Pager = """{"routing_key":"k","event_action":"resolve","dedup_key":"k1","payload":{"summary":"s","custom_details":{}}}""";
    private const string Ticket = """{"short_description":"Critical: a","description":"d","correlation_id":"k","urgency":"1","impact":"1"}""";
    private const string Issue = """
        {"fields":{"project":{"key":"FIN"},"issuetype":{"name":"Task"},"summary":"Critical: a","labels":["budgetsync"],
         "description":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Spent: "},{"type":"text","text":"9 USD"}]}]}}}
        """;
    private const string CloudEvent = """
        {"specversion":"1.0","id":"i1","source":"urn:budgetsync","type":"budgetsync.alert.opened","time":"2026-03-01T00:00:00Z",
         "data":{"title":"Critical: a","text":"It is over.","facts":{"Spent":"9 USD"},"note":"ask"}}
        """;

    [Theory]
    [InlineData("https://slack.com/api/chat.postMessage", Slack, HttpStatusCode.OK, """{"ok":true}""")]
    [InlineData("https://hooks.slack.com/services/T/B/x", Slack, HttpStatusCode.OK, "ok")]
    [InlineData("https://events.pagerduty.com/v2/enqueue", Pager, HttpStatusCode.Accepted, """{"status":"success","message":"Event processed"}""")]
    [InlineData("https://example.service-now.com/api/now/table/incident", Ticket, HttpStatusCode.Created, "{}")]
    [InlineData("https://example.atlassian.net/rest/api/3/issue", Issue, HttpStatusCode.Created, "{}")]
    [InlineData("https://example.logic.azure.com/workflows/1?sig=x", Teams, HttpStatusCode.Accepted, "")]
    [InlineData("https://example.com/hook", CloudEvent, HttpStatusCode.OK, "")]
    [InlineData("https://example.com/hook", "{}", HttpStatusCode.OK, "")]
    public async Task A_message_is_answered_as_its_provider_does(string address, string message, HttpStatusCode status, string body)
    {
        await using var world = await InboxPageTests.World.StartAsync();

        Assert.Equal((status, body), await world.PostAsync(address, message));
        Assert.Null(Assert.Single(world.Inbox.Messages).Refused);
    }

    [Theory]
    [InlineData("https://slack.com/api/chat.postMessage", "{}", true, HttpStatusCode.OK, "channel_not_found; msg_too_long")]
    [InlineData("https://slack.com/api/chat.postMessage", Slack, false, HttpStatusCode.OK, "not_authed")]
    [InlineData("https://hooks.slack.com/services/T/B/x", "no json", true, HttpStatusCode.BadRequest, "invalid_payload")]
    [InlineData("https://events.pagerduty.com/v2/enqueue", """{"event_action":"resolve","dedup_key":"k1"}""", true, HttpStatusCode.BadRequest, "routing_key")]
    [InlineData("https://example.service-now.com/api/now/table/incident", Ticket, false, HttpStatusCode.Unauthorized, "no login")]
    [InlineData("https://example.service-now.com/api/now/table/incident", "{}", true, HttpStatusCode.BadRequest, "short_description")]
    [InlineData("https://example.atlassian.net/rest/api/3/issue", "{}", true, HttpStatusCode.BadRequest, "invalid_payload")]
    [InlineData("https://example.logic.azure.com/workflows/1?sig=x", """{"type":"x"}""", true, HttpStatusCode.BadRequest, "invalid_payload")]
    [InlineData("https://example.logic.azure.com/workflows/1", Teams, true, HttpStatusCode.Unauthorized, "no login")]
    [InlineData("https://example.com/hook", """{"specversion":"1.0"}""", true, HttpStatusCode.BadRequest, "invalid_payload")]
    public async Task What_a_provider_would_refuse_is_refused_and_shown_so(string address, string message, bool login, HttpStatusCode status, string why)
    {
        await using var world = await InboxPageTests.World.StartAsync();

        Assert.Equal(status, (await world.PostAsync(address, message, login)).Status);
        Assert.Contains(why, Assert.Single(world.Inbox.Messages).Refused, StringComparison.Ordinal);
        var page = await world.Client.GetStringAsync(new Uri("_local/inbox", UriKind.Relative));
        Assert.Contains("<article class=bad>", page, StringComparison.Ordinal);
        Assert.Contains("<p class=why>Refused, nobody saw it: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issue_an_event_a_mail_a_text_message_and_a_chat_are_shown_as_they_arrive()
    {
        await using var world = await InboxPageTests.World.StartAsync();
        await world.PostAsync("https://example.atlassian.net/rest/api/3/issue", Issue);
        await world.PostAsync("https://example.com/hook", CloudEvent);
        await world.PublishAsync("Critical: a\n\nIt is over.\n\nSpent: 9 USD", "Critical: a");
        await world.PublishAsync("Critical: a. It is over.");
        await world.PublishAsync(
            """
            {"version":"1.0","source":"custom",
             "content":{"textType":"client-markdown","title":"Critical: a &amp; b","description":"It is over.\nSpent: 9"}}
            """);

        var shown = Messages.InboxMessages.Of(world.Cloud).OrderBy(message => message.Sender, StringComparer.Ordinal)
            .Select(message => $"{message.Title} | {string.Join(" | ", message.Lines)}").ToList();

        Assert.Equal(
            [
                "Critical: a | Spent: 9 USD | FIN, Task; labels: budgetsync",
                "Critical: a | It is over. | Spent: 9 USD | Note: ask | type: budgetsync.alert.opened | id: i1",
                "Critical: a | It is over. | Spent: 9 USD", "Critical: a. It is over. | ", "Critical: a & b | It is over. | Spent: 9",
            ],
            shown);
    }
}
