using System.Text.Json;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Texts of people (names of accounts, notes, names of budgets) that want to call others, to format, or to look like another line.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Texts =
    [
        "<!here> <!channel> <@U1> <#C1>", "@channel @everyone @here", "<at>Jane</at>", "[a](https://x.example.com) **b** `c` #d", "a\r\nBcc: all@example.com",
        "\u202egpj.exe\u2066", "</script><img src=x>", "=HYPERLINK(\"https://x.example.com\")", "\u0000\u001b[2J", "\ud800", new string('€', 5_000),
    ];

    public static TheoryData<ChannelKind> Kinds { get; } = [.. Enum.GetValues<ChannelKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_text_of_a_person_calls_nobody_formats_nothing_and_is_taken(ChannelKind kind) => Assert.All(Texts, text => IsHarmless(kind, text));

    private static void IsHarmless(ChannelKind kind, string text)
    {
        var alert = Critical with { AccountName = text, Note = text, Budget = text.Length > 100 ? text[..100] : text, Facts = [new(text, text)] };

        var body = AlertFormat.Body(alert, Channel(kind));

        if (kind is ChannelKind.Sms)
        {
            Assert.InRange(SmsFormat.Places(body)!.Value, 1, 160);
            return;
        }

        if (kind is ChannelKind.Email)
        {
            Assert.DoesNotContain(body, letter => char.IsControl(letter) && letter != '\n');
            Assert.DoesNotContain('\u202e', body);
            // The title, the text, the fact, the note and the key, a line each, with one between.
            Assert.Equal(9, body.Split('\n').Length);
            return;
        }

        Assert.Empty(AlertFormatTests.Refused(kind, body));
        if (kind is ChannelKind.Slack or ChannelKind.SlackWebhook or ChannelKind.Chat)
        {
            Assert.All(Values(Parsed(body)), value => Assert.DoesNotMatch("<[!@#]|(^|[^A-Za-z0-9])@(channel|here|everyone)", value));
            Assert.DoesNotContain("\"mrkdwn\",", body, StringComparison.Ordinal);
        }

        if (kind is ChannelKind.Teams) Assert.DoesNotContain("\"TextBlock\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_of_hostile_names_is_taken_by_every_kind_that_gets_one()
    {
        var digest = Critical with
        {
            Kind = AlertKind.Digest,
            Account = "",
            Budget = "",
            AccountName = null,
            Facts = [.. Enumerable.Range(0, 18).Select(number => new AlertFact($"<!here> @channel\n{number}", "*a*\nSpent: 0"))],
        };
        foreach (var kind in new[] { ChannelKind.Slack, ChannelKind.SlackWebhook, ChannelKind.Teams, ChannelKind.Webhook, ChannelKind.Chat })
        {
            var body = AlertFormat.Body(digest, Channel(kind));
            Assert.Empty(AlertFormatTests.Refused(kind, body));
            if (kind is not (ChannelKind.Webhook or ChannelKind.Teams)) Assert.DoesNotContain("<!here>", body, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Values(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Values(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Values),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };
}
