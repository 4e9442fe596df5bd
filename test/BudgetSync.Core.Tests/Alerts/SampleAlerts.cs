using System.Text.Json;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

internal static class SampleAlerts
{
    public static readonly DateTimeOffset At = new(2026, 11, 19, 13, 2, 11, TimeSpan.Zero);

    public static readonly Alert Critical = new(
        AlertKind.SpendState,
        AlertSeverity.Critical,
        AlertPhase.Opened,
        "111122223333",
        "team-a",
        "2026-11",
        "Critical",
        "team-a has spent 1,210.40 USD of 1,000 USD: actual 121.0 % is at or above 120.",
        At)
    {
        AccountName = "payments-dev",
        Facts =
        [
            new("Spent", "1,210.40 USD (121.0 %)"),
            new("Limit", "1,000 USD"),
            new("Forecast", "1,890 USD (189.0 %)"),
            new("Pace", "1.91×"),
            new("Period", "2026-11-01 to 2026-11-30"),
        ],
        Note = "Ask <#C1> & <!channel> or @channel; owner@example.com; *bold* | _x_ `code` [link](https://example.com)",
    };

    public static readonly Alert Resolved = Critical with
    {
        Phase = AlertPhase.Resolved,
        Text = "team-a is OnTarget again: the limit was raised.",
        At = At.AddHours(5),
        Facts = [new("Spent", "1,210.40 USD (80.7 %)"), new("Limit", "1,500 USD")],
    };

    public static readonly Alert Silent = new(
        AlertKind.SpokeSilent,
        AlertSeverity.Warning,
        AlertPhase.Opened,
        "111122223333",
        "",
        "2026-11-18",
        "Spoke silent",
        "The spoke of 111122223333 has not reported since 2026-11-18 09:12 UTC: what the account spends is not seen, and no other alert of it comes.",
        At)
    {
        AccountName = "payments-dev",
        Facts = [new("Last report", "2026-11-18 09:12 UTC"), new("State", "Unchecked")],
    };

    public static readonly Alert Envelope = new(
        AlertKind.Envelope,
        AlertSeverity.Warning,
        AlertPhase.Opened,
        "ou-ab12-11111111",
        EnvelopeAlerts.Budget,
        "2026-11",
        "Over",
        "Envelope ou-ab12-11111111 Research: 41,200 of 50,000 USD spent, expected 58,900; allocated 61,000 (122 %) over 43 accounts. Largest: name-1 24,000.",
        At)
    {
        AccountName = "Research",
        Facts =
        [
            new("Spent", "41,200 USD (82.4 %)"), new("Limit", "50,000 USD"), new("Forecast", "58,900 USD (117.8 %)"),
            new("Allocated", "61,000 USD (122.0 %)"), new("Accounts", "43"),
        ],
    };

    /// <summary>Everything as long as our own bounds let it be, of the characters that grow most when they are escaped.</summary>
    public static readonly Alert Huge = Critical with
    {
        Budget = new string('&', 100),
        AccountName = string.Concat(Enumerable.Repeat("<😀>", 100)),
        Text = string.Concat(Enumerable.Repeat("|<&>😀\n", 5_000)),
        Note = new string('@', 100_000),
        Facts = [.. Enumerable.Range(0, 60).Select(number => new AlertFact($"Fact {number}", new string('<', 10_000)))],
    };

    public static Channel Channel(ChannelKind kind) => new("finops", kind) { Conversation = "C0123456789", Project = "FINOPS" };

    public static JsonElement Parsed(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
