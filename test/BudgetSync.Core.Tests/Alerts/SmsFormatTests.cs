using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>One part of a text message has the amount, however long names are (3GPP TS 23.038, 6.2.1: 160 places of the GSM alphabet).</summary>
public sealed class SmsFormatTests
{
    private const string Spent = " of 111122223333 has spent 1,210.40 USD of 1,000 USD: actual 121.0 % is at or above 120.";

    /// <summary>Budgets API reference, BudgetName: 100 characters, line ends among them; Organizations API reference, AccountName: 50.</summary>
    public static TheoryData<string, string> Names { get; } = new()
    {
        { new string('b', 100), "payments-dev" },
        { new string('€', 100), "payments-dev" },
        { string.Concat(Enumerable.Repeat("漢😀", 33)), new string('字', 50) },
        { string.Concat(Enumerable.Repeat("b\n", 50)), "a\nb" },
        { new string('b', 100), new string('b', 50) },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Amount_and_reason_stay_in_one_part_with_as_much_of_the_names_as_there_is_room_for(string budget, string account)
    {
        var text = Sms(Critical with { Budget = budget, AccountName = account, Text = budget + Spent });

        Assert.StartsWith("Critical", text, StringComparison.Ordinal);
        Assert.EndsWith(Spent, text, StringComparison.Ordinal);
        Assert.InRange(SmsFormat.Places(text)!.Value, 140, 160);
    }

    [Fact]
    public void What_is_said_twice_goes_before_the_end_of_a_name()
    {
        var name = new string('b', 100);

        Assert.Equal($"Critical. {new string('b', 160 - 10 - Spent.Length - 3)}...{Spent}", Sms(Critical with { Budget = name, Text = name + Spent }));
        Assert.Equal($"Critical. team-a{Spent}", Sms(Critical with { AccountName = new string('a', 50), Text = "team-a" + Spent }));
        Assert.Equal($"Critical: team-a of payments-dev (111122223333). team-a{Spent}", Sms(Critical with { Text = "team-a" + Spent }));
    }

    [Fact]
    public void What_the_text_does_not_name_the_title_names_by_its_beginning()
    {
        const string stop = "STOP_IDLE waits for approval until 2026-11-13 12:00 UTC. Let it begin: budgetsync approve r1.";
        var alert = Critical with { Kind = AlertKind.Restriction, Level = "AwaitingApproval", Budget = new string('b', 100), AccountName = "dev" };

        var text = Sms(alert with { Text = stop });

        Assert.StartsWith("AwaitingApproval: bbbbbbbbb", text, StringComparison.Ordinal);
        Assert.Contains("... of dev (111122223333). STOP_IDLE", text, StringComparison.Ordinal);
        Assert.EndsWith(stop, text, StringComparison.Ordinal);
        Assert.Equal(160, SmsFormat.Places(text));
    }

    private static string Sms(Alert alert) => AlertFormat.Body(alert, Channel(ChannelKind.Sms));
}
