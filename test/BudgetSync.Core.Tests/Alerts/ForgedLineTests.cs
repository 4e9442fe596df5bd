using System.Text.Json;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Texts of rows, of AWS and of spokes that want to be more than one line of a message.</summary>
public sealed class ForgedLineTests
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f"];

    public static TheoryData<ChannelKind> Kinds { get; } = [.. Enum.GetValues<ChannelKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_has_as_many_lines_with_line_ends_in_every_text_as_without(ChannelKind kind)
    {
        var plain = Lines(kind, Of(" "));
        foreach (var end in LineEnds) Assert.Equal(plain, Lines(kind, Of(end)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_key_with_line_ends_in_it_is_one_line_and_stays_apart_from_others(ChannelKind kind)
    {
        var (one, other) = (Of("\n"), Of(" "));
        Assert.NotEqual(one.DedupKey, other.DedupKey);
        Assert.DoesNotContain('\n', one.DedupKey);
        // What opens and what resolves are the same key in what a provider gets.
        if (kind is ChannelKind.PagerDuty)
            Assert.Equal(one.DedupKey, Parsed(AlertFormat.Body(one with { Phase = AlertPhase.Resolved }, Channel(kind))).Text("dedup_key"));
        if (kind is ChannelKind.Webhook) Assert.Equal(one.Id, Parsed(AlertFormat.Body(one, Channel(kind))).Text("id"));
    }

    [Fact]
    public void What_the_bus_carries_beside_the_body_is_one_line_too() =>
        Assert.DoesNotContain("\\n", AlertJson.Notification(Of("\n"), Channel(ChannelKind.PagerDuty)), StringComparison.Ordinal);

    private static Alert Of(string end)
    {
        var text = $"a{end}Spent: 0 USD";
        var facts = new[] { new AlertFact(text, text), new AlertFact("Cause", text) };
        return Critical with { Budget = text, AccountName = text, Text = $"{text} of 1.", Level = text, Note = text, Facts = [.. facts] };
    }

    /// <summary>Of each text in it, the plain ones as a whole.</summary>
    private static int[] Lines(ChannelKind kind, Alert alert)
    {
        var body = AlertFormat.Body(alert, Channel(kind));
        return kind is ChannelKind.Email or ChannelKind.Sms ? [Count(body)] : [.. Values(Parsed(body)).Select(Count)];
    }

    private static int Count(string text) => text.Count(letter => LineEnds.Any(end => end.Contains(letter)));

    private static IEnumerable<string> Values(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Values(member.Value).Append(member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Values),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };
}
