using System.Text;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Everything at its longest, in letters that take most bytes, or grow most when they are escaped for JSON or for the provider.</summary>
public sealed class LargestMessageTests
{
    [Theory]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\uE000")]
    [InlineData("\u2028")]
    [InlineData("&")]
    [InlineData("*")]
    [InlineData("é")]
    public void Each_provider_takes_what_is_largest_in_any_letters(string letter)
    {
        foreach (var kind in Enum.GetValues<ChannelKind>().Where(AlertFormatTests.IsJson))
        {
            foreach (var phase in new[] { AlertPhase.Opened, AlertPhase.Resolved })
            {
                var body = AlertFormat.Body(Of(letter) with { Phase = phase }, Channel(kind));

                Assert.True(!AlertFormatTests.Refused(kind, body).Any(), $"{kind}: {string.Join("; ", AlertFormatTests.Refused(kind, body))}");
                // What was to be read first is there, however much of the rest had no room.
                Assert.Contains("Critical", body, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The bound is of bytes (Teams: "Create an Incoming Webhook"), and a letter may have one to four: no more is cut than must be.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("漢")]
    public void A_card_of_Teams_is_within_its_bytes_however_long_its_texts_are_and_cut_no_shorter_than_they_need(string letter)
    {
        for (var letters = 40; letters <= 290; letters += 5)
        {
            var words = string.Concat(Enumerable.Repeat(letter, letters));
            var alert = Critical with { Text = words, Facts = [.. Enumerable.Range(0, 20).Select(number => new AlertFact($"{number} {words}", words))] };

            var body = AlertFormat.Body(alert, Channel(ChannelKind.Teams));

            var bytes = Encoding.UTF8.GetByteCount(body);
            var whole = 40 * letters * Encoding.UTF8.GetByteCount(letter);
            Assert.InRange(bytes, Math.Min(whole, 12 * 1024), 28 * 1024);
            if (whole < 20 * 1024) Assert.DoesNotContain('…', body);
        }
    }

    /// <summary>RFC 8259, 4: "The names within an object SHOULD be unique"; a reader keeps the last one, or none.</summary>
    [Theory]
    [InlineData(ChannelKind.Webhook)]
    [InlineData(ChannelKind.PagerDuty)]
    public void Facts_of_one_name_are_members_of_their_own(ChannelKind kind)
    {
        var body = Parsed(AlertFormat.Body(Critical with { Facts = [new("a", "1"), new("a", "2"), new("a (2)", "3"), new("b", "4")] }, Channel(kind)));

        var facts = kind == ChannelKind.Webhook ? body.GetProperty("data").GetProperty("facts") : body.GetProperty("payload").GetProperty("custom_details");
        Assert.Equal(
            ["a 1", "a (2) 2", "a (2) (2) 3", "b 4"],
            facts.EnumerateObject().Where(fact => fact.Name != "Note").Select(fact => $"{fact.Name} {fact.Value}"));
    }

    private static Alert Of(string letter)
    {
        var much = string.Concat(Enumerable.Repeat(letter, 4_000));
        return Critical with
        {
            Budget = much[..100],
            AccountName = much[..50],
            Text = much,
            Note = much,
            Facts = [.. Enumerable.Range(0, 30).Select(number => new AlertFact($"{number} {much[..250]}", much))],
        };
    }
}
