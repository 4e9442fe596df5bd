using System.Text.Json;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Each format against a file that people read in review (<c>UPDATE_GOLDEN=1</c> writes them), and against what its provider refuses.</summary>
public sealed class AlertFormatTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "test/BudgetSync.Core.Tests/Alerts/Golden");

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<ChannelKind> Kinds { get; } = [.. Enum.GetValues<ChannelKind>()];

    public static TheoryData<ChannelKind> JsonKinds { get; } = [.. Enum.GetValues<ChannelKind>().Where(IsJson)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_looks_as_its_golden_file(ChannelKind kind)
    {
        Same($"{kind}.opened", Shown(Critical, kind));
        Same($"{kind}.resolved", Shown(Resolved, kind));
        Same($"{kind}.silent", Shown(Silent, kind));
        Same($"{kind}.envelope", Shown(Envelope, kind));
    }

    [Theory]
    [MemberData(nameof(JsonKinds))]
    public void A_provider_takes_a_message_at_its_smallest_and_at_its_largest(ChannelKind kind)
    {
        var least = new Alert(AlertKind.Overflow, default, AlertPhase.Opened, "", "", "2026-11", "and 37 more", "", At);
        foreach (var alert in new[] { Critical, Resolved, Silent, Envelope, Huge, Huge with { Phase = AlertPhase.Resolved }, least with { Text = "x" } })
            Assert.Empty(Refused(kind, AlertFormat.Body(alert, Channel(kind))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_note_of_a_row_calls_no_channel(ChannelKind kind)
    {
        var body = AlertFormat.Body(Critical, Channel(kind));

        if (kind is ChannelKind.Slack or ChannelKind.SlackWebhook or ChannelKind.Chat)
        {
            Assert.DoesNotContain("<!channel>", body, StringComparison.Ordinal);
            Assert.DoesNotContain("@channel", body, StringComparison.Ordinal);
            Assert.Contains("&lt;!channel&gt;", body, StringComparison.Ordinal);
            Assert.Contains("owner@example.com", body, StringComparison.Ordinal);
        }

        if (kind is ChannelKind.Slack or ChannelKind.SlackWebhook)
        {
            // Legacy parsing is what finds bare names (chat.postMessage, link_names and parse).
            Assert.False(Parsed(body).GetProperty("link_names").GetBoolean());
            Assert.DoesNotContain("\"mrkdwn\",", body, StringComparison.Ordinal);
        }

        if (kind == ChannelKind.Teams) Assert.DoesNotContain("entities", body, StringComparison.Ordinal);
        if (kind == ChannelKind.Chat) Assert.Empty(Parsed(body).GetProperty("content").Text("description")!.Intersect("*_`|[]"));
    }

    [Fact]
    public void A_key_opens_and_resolves()
    {
        var opened = Parsed(AlertFormat.Body(Critical, Channel(ChannelKind.PagerDuty)));
        var resolved = Parsed(AlertFormat.Body(Resolved, Channel(ChannelKind.PagerDuty)));

        Assert.Equal("111122223333/team-a/2026-11/SpendState", opened.Text("dedup_key"));
        Assert.Equal(opened.Text("dedup_key"), resolved.Text("dedup_key"));
        Assert.Equal(("trigger", "resolve"), (opened.Text("event_action"), resolved.Text("event_action")));
    }

    [Fact]
    public void Long_keys_that_differ_at_their_end_stay_apart_where_a_provider_takes_fewer_characters()
    {
        var one = Critical with { Budget = new string('a', 100) };
        var other = one with { Kind = AlertKind.Runway };

        Assert.InRange(one.KeyWithin(100).Length, 1, 100);
        Assert.NotEqual(one.KeyWithin(100), other.KeyWithin(100));
        Assert.Equal(one.DedupKey, one.KeyWithin(255));
    }

    [Fact]
    public void A_text_message_is_one_part_of_the_GSM_alphabet()
    {
        foreach (var alert in new[] { Critical, Resolved, Silent, Envelope, Huge, Critical with { Text = "€ [x] {y} 漢字 " + new string('|', 200) } })
            Assert.InRange(SmsFormat.Places(AlertFormat.Body(alert, Channel(ChannelKind.Sms)))!.Value, 1, 160);
        Assert.EndsWith("...", AlertFormat.Body(Huge, Channel(ChannelKind.Sms)), StringComparison.Ordinal);
    }

    internal static bool IsJson(ChannelKind kind) => kind is not (ChannelKind.Email or ChannelKind.Sms);

    internal static IEnumerable<string> Refused(ChannelKind kind, string text)
    {
        var body = Parsed(text);
        return kind switch
        {
            ChannelKind.Slack => ProviderRules.Slack(body, webhook: false),
            ChannelKind.SlackWebhook => ProviderRules.Slack(body, webhook: true),
            ChannelKind.Teams => ProviderRules.Teams(body),
            ChannelKind.PagerDuty => ProviderRules.PagerDuty(body),
            ChannelKind.ServiceNow => ProviderRules.ServiceNow(body),
            ChannelKind.Jira => ProviderRules.Jira(body),
            ChannelKind.Webhook => ProviderRules.CloudEvent(body),
            ChannelKind.Chat => ProviderRules.Chat(body),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is no JSON."),
        };
    }

    internal static string Shown(Alert alert, ChannelKind kind)
    {
        var body = AlertFormat.Body(alert, Channel(kind));
        return IsJson(kind) ? JsonSerializer.Serialize(Parsed(body), Indented) : body;
    }

    internal static void Same(string name, string text)
    {
        var path = Path.Combine(Folder, name + (text.StartsWith('{') ? ".json" : ".txt"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, text + "\n");
        Assert.True(File.Exists(path), $"{path} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text.ReplaceLineEndings("\n") + "\n");
    }
}
