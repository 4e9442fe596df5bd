using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

public sealed class AlertDecisionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableDictionary<string, Channel> Channels = new[]
    {
        new Channel("finops", ChannelKind.Slack), new Channel("pager", ChannelKind.PagerDuty), new Channel("itsm", ChannelKind.ServiceNow),
    }.ToImmutableDictionary(channel => channel.Name);

    private AccountAlerts ledger = new("111122223333");
    private ImmutableArray<AlertRoute> routes = [new("finops", AlertSeverity.Info), new("pager", AlertSeverity.Critical)];
    private DateTimeOffset now = Noon;
    private int claims;

    [Fact]
    public void A_level_is_told_once_however_often_it_is_found()
    {
        Assert.Equal(["finops Opened Over"], Tell(State("Over")));
        Assert.Empty(Tell(State("Over")));
        now = now.AddDays(10);
        Assert.Empty(Tell(State("Over")));
    }

    [Fact]
    public void What_gets_worse_is_told_again_and_opened_where_it_only_now_matters_enough()
    {
        Tell(State("Over"));

        Assert.Equal(["finops Escalated Critical", "pager Opened Critical"], Tell(State("Critical")));
        Assert.Equal(["finops Escalated Shutdown", "pager Escalated Shutdown"], Tell(State("Shutdown")));
    }

    [Fact]
    public void What_gets_better_without_being_over_is_not_told_nor_is_the_way_back()
    {
        Tell(State("Critical"));

        Assert.Empty(Tell(State("Over")));
        Assert.Empty(Tell(State("Critical")));
    }

    [Fact]
    public void What_is_over_is_resolved_once_on_every_channel_that_was_told_and_opens_again_by_its_own()
    {
        Tell(State("Critical"));

        Assert.Equal(["finops Resolved Critical", "pager Resolved Critical"], Tell());
        Assert.Empty(Tell());
        Assert.Equal(["finops Opened Over"], Tell(State("Over")));
    }

    [Fact]
    public void A_new_period_resolves_the_old_ones_key_and_opens_its_own()
    {
        Tell(State("Over"));

        Assert.Equal(
            ["finops Resolved 111122223333/team-a/2026-11/SpendState", "finops Opened 111122223333/team-a/2026-12/SpendState"],
            Run(State("Over") with { Period = "2026-12" }).Select(message => $"{message.Channel} {message.Alert.Phase} {message.Alert.DedupKey}"));
    }

    [Fact]
    public void What_is_Critical_or_worse_reminds_every_three_days_and_tickets_need_no_reminder()
    {
        routes = [new("finops", AlertSeverity.Info), new("itsm", AlertSeverity.Info)];
        Tell(State("Critical"));

        now = Noon.AddDays(3).AddSeconds(-1);
        Assert.Empty(Tell(State("Critical")));
        now = Noon.AddDays(3);
        Assert.Equal(["finops Reminder Critical"], Tell(State("Critical")));
        Assert.Empty(Tell(State("Critical")));
        now = Noon.AddDays(6);
        Assert.Equal(["finops Reminder Critical"], Tell(State("Critical")));
    }

    [Fact]
    public void A_channel_that_a_row_names_from_now_on_is_told_what_is_open()
    {
        Tell(State("Over"));
        routes = [.. routes, new("itsm", AlertSeverity.Warning)];

        Assert.Equal(["itsm Opened Over"], Tell(State("Over")));
    }

    [Fact]
    public void What_no_channel_takes_is_not_remembered()
    {
        routes = [new("pager", AlertSeverity.Critical)];

        Assert.Empty(Tell(State("Over")));
        Assert.True(ledger.IsEmpty);
    }

    [Fact]
    public void A_message_that_was_only_counted_is_not_resolved_by_name_and_not_told_again()
    {
        ledger = Decide(State("Over"));
        ledger = PendingAlerts.Counted(ledger, Assert.Single(ledger.Pending));

        Assert.Empty(Tell(State("Over")));
        Assert.Empty(Tell());
        Assert.True(ledger.IsEmpty);
    }

    [Fact]
    public void What_is_Critical_and_was_only_counted_is_told_by_name_in_the_next_hour_and_resolved_then()
    {
        ledger = Decide(State("Critical"));
        foreach (var message in ledger.Pending) ledger = PendingAlerts.Counted(ledger, message);
        now = Noon.AddHours(1).AddSeconds(-1);
        Assert.Empty(Tell(State("Critical")));

        now = Noon.AddHours(1);
        Assert.Equal(["finops Opened Critical", "pager Opened Critical"], Tell(State("Critical")));
        Assert.Empty(Tell(State("Critical")));
        Assert.Equal(["finops Resolved Critical", "pager Resolved Critical"], Tell());
    }

    /// <summary>It knows Critical by name, and the Shutdown that was counted is over.</summary>
    [Fact]
    public void What_got_worse_was_only_counted_and_is_better_again_is_not_told_as_worse_and_is_if_it_comes_back()
    {
        Tell(State("Critical"));
        now = Noon.AddHours(1);
        ledger = Decide(State("Shutdown"));
        foreach (var message in ledger.Pending) ledger = PendingAlerts.Counted(ledger, message);

        now = Noon.AddHours(2);
        Assert.Empty(Tell(State("Critical")));
        now = Noon.AddHours(3);
        Assert.Equal(["finops Escalated Shutdown", "pager Escalated Shutdown"], Tell(State("Shutdown")));
        Assert.Empty(Tell(State("Shutdown")));
    }

    [Fact]
    public void An_end_that_waits_behind_a_message_that_was_only_counted_is_not_told()
    {
        ledger = Decide(State("Over"));
        var opened = Assert.Single(ledger.Pending);
        ledger = Decide();

        Assert.True(PendingAlerts.Counted(ledger, opened).IsEmpty);
    }

    [Fact]
    public void A_message_whose_sender_died_is_taken_over_after_a_while_and_not_before()
    {
        ledger = Decide(State("Over"));
        var dead = ledger;

        now = now.Add(PendingClaims.ClaimLasts).AddSeconds(-1);
        Assert.Empty(Mine(Decide(State("Over"))));
        now = now.AddSeconds(1);
        Assert.Equal(dead.Pending.Single().Alert, Assert.Single(Mine(Decide(State("Over")))).Alert);
    }

    [Fact]
    public void Whatever_happens_everything_that_was_opened_is_resolved_once_and_nothing_is_told_twice()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            ledger = new AccountAlerts("111122223333");
            now = Noon;
            var told = new List<string>();
            for (var step = 0; step < 30; step++)
            {
                now = now.AddHours(random.Next(1, 30));
                var found = new List<Alert>();
                if (random.Next(4) > 0) found.Add(State(random.Next(3) switch { 0 => "Over", 1 => "Critical", _ => "Shutdown" }));
                if (random.Next(3) == 0) found.Add(State("4 days") with { Kind = AlertKind.Runway, Severity = AlertSeverity.Critical });
                told.AddRange(Tell([.. found]));
                // What is open on a channel is what was opened and not resolved there.
                foreach (var channel in Channels.Keys)
                    Assert.InRange(Opened(told, channel) - Resolved(told, channel), 0, 2);
            }

            told.AddRange(Tell());
            Assert.All(Channels.Keys, channel => Assert.Equal(Opened(told, channel), Resolved(told, channel)));
            Assert.True(ledger.IsEmpty);
        }

        static int Opened(List<string> told, string channel) => told.Count(line => line.StartsWith($"{channel} Opened", StringComparison.Ordinal));

        static int Resolved(List<string> told, string channel) => told.Count(line => line.StartsWith($"{channel} Resolved", StringComparison.Ordinal));
    }

    private static Alert State(string level) => SampleAlerts.Critical with
    {
        Level = level,
        Severity = level switch
        {
            "Over" => AlertSeverity.Warning,
            "Critical" => AlertSeverity.Critical,
            _ => AlertSeverity.Emergency,
        },
    };

    private string[] Tell(params Alert[] found) => [.. Run(found).Select(message => $"{message.Channel} {message.Alert.Phase} {message.Alert.Level}")];

    private ImmutableArray<PendingAlert> Run(params Alert[] found)
    {
        ledger = Decide(found);
        ImmutableArray<PendingAlert> mine = [.. Mine(ledger)];
        foreach (var message in mine) ledger = PendingAlerts.Sent(ledger, message);
        return mine;
    }

    private AccountAlerts Decide(params Alert[] found) => AlertDecision.Next(
        ledger,
        [.. found],
        routes,
        Channels,
        told => SampleAlerts.Resolved with { Kind = told.Kind, Period = told.Period, Level = told.Levels[^1] },
        $"claim {++claims}",
        now);

    private IEnumerable<PendingAlert> Mine(AccountAlerts alerts) => alerts.Pending.Where(message => message.Claim == $"claim {claims}");
}
