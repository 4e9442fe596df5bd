using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>
/// What a provider that keeps incidents by our key (PagerDuty's dedup_key, ServiceNow's correlation_id) is left with, whatever has room and whoever is late.
/// </summary>
public sealed class MessageOrderTests
{
    private const string Pager = "pager";

    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableDictionary<string, Channel> Channels =
        new[] { new Channel(Pager, ChannelKind.PagerDuty) }.ToImmutableDictionary(channel => channel.Name);

    private AccountAlerts ledger = new("111122223333");
    private DateTimeOffset now = Noon;
    private int claims;

    [Fact]
    public void An_end_that_waits_for_room_is_told_though_what_opened_since_was_only_counted()
    {
        Assert.Equal(["Opened Critical"], Send(Decide("Critical")));
        var end = Assert.Single(Due(Decide(null)));
        ledger = PendingAlerts.Waits(ledger, end);
        Decide("Critical");

        // In an hour with room for one the end has it; what opened once more is counted, and so its end is not told.
        Assert.Equal(end.Alert.Id, Assert.Single(Due(ledger)).Alert.Id);
        ledger = PendingAlerts.Sent(ledger, end with { Claim = Claim, ClaimedAt = now });
        ledger = PendingAlerts.Counted(ledger, Assert.Single(Due(ledger)));
        Assert.Empty(Send(Decide(null)));
        Assert.True(ledger.IsEmpty);
    }

    [Fact]
    public void A_newer_opening_waits_behind_the_end_however_much_louder_it_is()
    {
        Send(Decide("Over"));
        Decide(null);
        ledger = PendingAlerts.Waits(ledger, Assert.Single(Due(ledger)));

        Assert.Equal(["Resolved Over", "Opened Shutdown"], Send(Decide("Shutdown")));
    }

    [Fact]
    public void An_end_that_another_is_sending_is_not_overtaken_and_what_waits_goes_out_when_it_is_gone()
    {
        Send(Decide("Over"));
        Decide(null);
        var first = Claim;
        Decide("Shutdown");
        var second = Claim;
        Assert.Empty(PendingAlerts.Due(ledger, second));

        // The second gives up what it cannot send; the first goes on with it.
        ledger = PendingClaims.Released(ledger, second);
        ledger = PendingAlerts.Sent(ledger, Assert.Single(PendingAlerts.Due(ledger, first)));
        Assert.Equal("Shutdown", Assert.Single(PendingAlerts.Due(ledger, first)).Alert.Level);
    }

    [Fact]
    public void What_becomes_due_before_it_is_given_up_is_not_given_up()
    {
        Send(Decide("Over"));
        Decide(null);
        var first = Claim;
        Decide("Shutdown");
        ledger = PendingAlerts.Sent(ledger, Assert.Single(PendingAlerts.Due(ledger, first)));

        Assert.Same(ledger, PendingClaims.Released(ledger, Claim));
        Assert.Equal("Shutdown", Assert.Single(Due(ledger)).Alert.Level);
    }

    [Fact]
    public void What_gets_worse_behind_an_opening_that_is_only_counted_opens_and_is_resolved()
    {
        Decide("Over");
        var first = Claim;
        Decide("Critical");
        ledger = PendingAlerts.Counted(ledger, Assert.Single(PendingAlerts.Due(ledger, first)));

        Assert.Equal(["Opened Critical"], Send(ledger));
        Assert.Equal(["Resolved Critical"], Send(Decide(null)));
    }

    [Fact]
    public void Ends_that_wait_keep_nothing_that_begins_from_being_told()
    {
        for (var budget = 0; budget < 60; budget++)
        {
            Assert.Contains("Opened Over", Opening($"b{budget}"));
            foreach (var end in Due(Decide(null)).ToList()) ledger = PendingAlerts.Waits(ledger, end);
        }

        Assert.Equal(15, ledger.Pending.Length);
        // Those that found no room to wait in are still known, and told when there is.
        var told = new List<string>();
        for (var round = 0; round < 5; round++) told.AddRange(Send(Decide(null)));
        Assert.Equal(60, told.Count);
        Assert.True(ledger.IsEmpty);

        List<string> Opening(string budget)
        {
            Decide("Over", budget);
            var opened = new List<string>();
            foreach (var message in Due(ledger).ToList())
            {
                var ends = message.Alert.Phase == AlertPhase.Resolved;
                if (!ends) opened.Add($"{message.Alert.Phase} {message.Alert.Level}");
                ledger = ends ? PendingAlerts.Waits(ledger, message) : PendingAlerts.Sent(ledger, message);
            }

            return opened;
        }
    }

    [Fact]
    public void However_rooms_senders_and_states_fall_out_no_incident_stays_open_and_none_is_closed_while_it_is_not_over()
    {
        var random = new Random(13);
        for (var run = 0; run < 400; run++)
        {
            (ledger, now) = (new AccountAlerts("111122223333"), Noon);
            var incident = new List<string>();
            var state = (string?)null;
            for (var step = 0; step < 40; step++)
            {
                now = now.AddMinutes(random.Next(1, 90));
                state = random.Next(4) switch { 0 => null, 1 => "Over", 2 => "Critical", _ => "Shutdown" };
                Decide(state);
                // One who has claimed something may be slow, and another comes in between.
                for (var turn = random.Next(3); turn > 0; turn--) Turn(random, incident);
            }

            now = now.AddHours(1);
            for (var round = 0; round < 60 && ledger.Pending.Length > 0; round++) Finish(incident, state);
            Assert.Empty(ledger.Pending);
            var open = ledger.Open.Any(told => told.Channels.Contains(Pager, StringComparer.Ordinal));
            Assert.Equal(open, incident.LastOrDefault("Resolved") != "Resolved");
            Assert.Equal(incident.Count(phase => phase == "Opened") - (open ? 1 : 0), incident.Count(phase => phase == "Resolved"));
            // Each opens before it gets worse and before it is over.
            for (var index = 0; index < incident.Count; index++)
                Assert.Equal(incident[index] == "Opened", index == 0 || incident[index - 1] == "Resolved");
        }
    }

    private void Turn(Random random, List<string> incident)
    {
        var owners = ledger.Pending.Select(message => message.Claim).Where(claim => claim.Length > 0).Distinct().ToList();
        if (owners.Count == 0) return;
        var owner = owners[random.Next(owners.Count)];
        if (PendingAlerts.Due(ledger, owner).FirstOrDefault() is not { } message)
        {
            ledger = PendingClaims.Released(ledger, owner);
            return;
        }

        var ends = message.Alert.Phase == AlertPhase.Resolved;
        switch (random.Next(4))
        {
            case 0:
                ledger = ends ? PendingAlerts.Waits(ledger, message) : PendingAlerts.Counted(ledger, message);
                break;
            case 1:
                ledger = PendingAlerts.NotTaken(ledger, message, "no");
                break;
            default:
                incident.Add($"{message.Alert.Phase}");
                ledger = PendingAlerts.Sent(ledger, message);
                break;
        }
    }

    private void Finish(List<string> incident, string? state)
    {
        now = now.AddHours(1);
        Decide(state);
        while (Due(ledger).FirstOrDefault() is { } message)
        {
            incident.Add($"{message.Alert.Phase}");
            ledger = PendingAlerts.Sent(ledger, message);
        }
    }

    private string Claim => $"claim {claims}";

    private IEnumerable<PendingAlert> Due(AccountAlerts alerts) => PendingAlerts.Due(alerts, Claim);

    private string[] Send(AccountAlerts alerts)
    {
        ledger = alerts;
        var told = new List<string>();
        while (Due(ledger).FirstOrDefault() is { } message)
        {
            told.Add($"{message.Alert.Phase} {message.Alert.Level}");
            ledger = PendingAlerts.Sent(ledger, message);
        }

        return [.. told];
    }

    private AccountAlerts Decide(string? level, string budget = "team-a")
    {
        now = now.AddSeconds(1);
        claims++;
        ImmutableArray<Alert> found = level is null ? [] :
        [
            SampleAlerts.Critical with
            {
                Level = level,
                Budget = budget,
                Severity = level switch { "Over" => AlertSeverity.Warning, "Critical" => AlertSeverity.Critical, _ => AlertSeverity.Emergency },
            },
        ];
        return ledger = AlertDecision.Next(
            ledger,
            found,
            [new AlertRoute(Pager, AlertSeverity.Info)],
            Channels,
            told => SampleAlerts.Resolved with { Kind = told.Kind, Budget = told.Budget, Period = told.Period, Level = told.Levels[^1] },
            Claim,
            now);
    }
}
