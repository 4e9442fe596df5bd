using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

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

    /// <summary>Slack developer docs, chat.postMessage, "Response": the conversation, the message's time, and the message itself.</summary>
    [Fact]
    public async Task Slacks_API_answers_with_the_message_that_it_has_taken()
    {
        await using var world = await InboxPageTests.World.StartAsync();
        const string blocks = """[{"type":"section","text":{"type":"mrkdwn","text":"It is over."}}]""";

        var (status, body) = await world.PostAsync("https://slack.com/api/chat.postMessage", $$"""{"channel":"C1","text":"t","blocks":{{blocks}}}""");

        var answer = JsonNode.Parse(body)!;
        Assert.Equal((HttpStatusCode.OK, true, "C1"), (status, (bool)answer["ok"]!, (string?)answer["channel"]));
        Assert.Matches(@"^\d{10}\.\d{6}$", (string)answer["ts"]!);
        var shown = answer["message"]!;
        Assert.Equal(((string?)answer["ts"], "t", blocks), ((string?)shown["ts"], (string?)shown["text"], shown["blocks"]!.ToJsonString()));
        Assert.Null(Assert.Single(world.Inbox.Messages).Refused);
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", Slack, HttpStatusCode.OK, "ok")]
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
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", "no json", true, HttpStatusCode.BadRequest, "invalid_payload")]
    [InlineData("https://hooks.slack.com/", Slack, true, HttpStatusCode.NotFound, "no_service")]
    [InlineData("https://hooks.slack.com/services/T00000000/XXXXXXXXXXXXXXXXXXXXXXXX", Slack, true, HttpStatusCode.NotFound, "no_service")]
    [InlineData("https://hooks.slack.com/services/B00000000/T00000000/XXXXXXXXXXXXXXXXXXXXXXXX", Slack, true, HttpStatusCode.NotFound, "no_service")]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/XXXX", Slack, true, HttpStatusCode.Forbidden, "invalid_token")]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/", Slack, true, HttpStatusCode.Forbidden, "invalid_token")]
    [InlineData("https://events.pagerduty.com/v2/enqueue", """{"event_action":"resolve","dedup_key":"k1"}""", true, HttpStatusCode.BadRequest, "routing_key")]
    [InlineData("https://example.service-now.com/api/now/table/incident", Ticket, false, HttpStatusCode.Unauthorized, "no login")]
    [InlineData("https://example.service-now.com/api/now/table/incident", "{}", true, HttpStatusCode.BadRequest, "short_description")]
    [InlineData("https://example.atlassian.net/rest/api/3/issue", "{}", true, HttpStatusCode.BadRequest, "invalid_payload")]
    [InlineData("https://example.logic.azure.com/workflows/1?sig=x", """{"type":"x"}""", true, HttpStatusCode.BadRequest, "invalid_payload")]
    [InlineData("https://example.logic.azure.com/workflows/1", Teams, true, HttpStatusCode.Unauthorized, "no login")]
    [InlineData("https://example.com/hook", CloudEvent, false, HttpStatusCode.Unauthorized, "no login")]
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
    public async Task A_CloudEvent_that_is_said_to_be_plain_JSON_is_none()
    {
        await using var world = await InboxPageTests.World.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await world.PostAsync("https://example.com/hook", CloudEvent, mediaType: "application/json")).Status);
        Assert.Contains("structured mode", Assert.Single(world.Inbox.Messages).Refused, StringComparison.Ordinal);
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
                "Critical: a | It is over. | Spent: 9 USD | Note: ask | type: budgetsync.alert.opened | id: i1",
                "Critical: a | Spent: 9 USD | FIN, Task; labels: budgetsync",
                "Critical: a | It is over. | Spent: 9 USD", "Critical: a. It is over. | ", "Critical: a & b | It is over. | Spent: 9",
            ],
            shown);
    }

    [Theory]
    [InlineData(true, "e-mail of topic channel")]
    [InlineData(false, "topic channel")]
    public async Task A_mail_is_shown_as_one_where_somebody_has_confirmed(bool confirmed, string sender)
    {
        await using var world = await InboxPageTests.World.StartAsync();
        await world.PublishAsync("Critical: a\n\nIt is over.", "Critical: a", ("email", "finops@example.com"));
        if (confirmed) world.Cloud.Sns.Confirm(Assert.Single(world.Cloud.Sns.Subscriptions).Arn);

        Assert.Equal(sender, Assert.Single(Messages.InboxMessages.Of(world.Cloud)).Sender);
    }

    // 3GPP TS 23.038, 6.2.1: 160 characters of the GSM alphabet in one part, 153 in each of several; 70 and 67 of others.
    [Theory]
    [InlineData("Spent 9 USD", "11 of 160 characters: 1 part", null)]
    [InlineData("Spent [9] €", "14 of 160 characters: 1 part", null)]
    [InlineData("Spent 9 USD …", "13 of 70 characters: 1 part", null)]
    [InlineData("160", "160 of 160 characters: 1 part", null)]
    [InlineData("161", "161 of 306 characters: 2 parts", null)]
    [InlineData("1601", "1601 of 1683 characters: 11 parts", "it has 1601 characters; SNS takes 1600")]
    public async Task A_text_message_is_shown_with_the_parts_it_takes(string text, string length, string? refused)
    {
        await using var world = await InboxPageTests.World.StartAsync();
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var letters)) text = new string('a', letters);
        await world.PublishAsync(text, subscriber: ("sms", "+15550100123"));

        var shown = Assert.Single(Messages.InboxMessages.Of(world.Cloud));

        Assert.Equal(("SMS of topic channel", text, refused), (shown.Sender, shown.Title, shown.Refused));
        Assert.Equal([length], shown.Lines);
    }

    [Theory]
    [InlineData("""{"version":"1.0","source":"custom","content":{"textType":"client-markdown","title":"t","description":"d"}}""", null)]
    [InlineData("""{"version":"1.0","source":"custom","content":{"description":"d"}}""", "dropped: textType is client-markdown")]
    [InlineData("Critical: a", "invalid_payload")]
    public async Task Amazon_Q_drops_what_is_no_custom_notification(string body, string? refused)
    {
        await using var world = await InboxPageTests.World.StartAsync();
        await world.PublishAsync(body, subscriber: ("https", Messages.InboxMessages.ChatEndpoint));

        var shown = Assert.Single(Messages.InboxMessages.Of(world.Cloud));

        Assert.Equal("Amazon Q of topic channel", shown.Sender);
        Assert.StartsWith(refused ?? "", shown.Refused ?? "", StringComparison.Ordinal);
        Assert.Equal(refused is null, shown.Refused is null);
    }
}
