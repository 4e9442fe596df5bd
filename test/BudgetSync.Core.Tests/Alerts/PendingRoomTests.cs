using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>A channel that takes nothing for a while keeps no other from being told, and gets all of it when it is well.</summary>
public sealed class PendingRoomTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private AccountAlerts ledger = new("111122223333");
    private ImmutableDictionary<string, Channel> channels = new[] { new Channel("full", ChannelKind.Slack), new Channel("free", ChannelKind.PagerDuty) }
        .ToImmutableDictionary(channel => channel.Name);

    private DateTimeOffset now = Noon;
    private int claims;

    [Fact]
    public void Ends_that_wait_for_room_in_one_channel_keep_no_end_of_another_back()
    {
        Assert.Equal(80, Rounds(6, Budgets(40)).Count);

        var ended = Rounds(6, [], "full");
        Assert.Equal(40, ended.Count(line => line.StartsWith("free Resolved", StringComparison.Ordinal)));
        Assert.Equal(40, ended.Count);
        var late = Rounds(6, []);
        Assert.Equal(40, late.Count(line => line.StartsWith("full Resolved", StringComparison.Ordinal)));
        Assert.Equal(40, late.Count);
        Assert.True(ledger.IsEmpty);
    }

    [Fact]
    public void What_begins_and_gets_worse_while_one_channel_takes_nothing_is_told_in_the_other_at_once_and_in_that_one_later()
    {
        Rounds(6, Budgets(40, "Over"));

        var worse = Rounds(6, Budgets(60, "Critical"), "full");
        Assert.Equal(60, worse.Distinct().Count(line => line.StartsWith("free ", StringComparison.Ordinal)));
        Assert.Equal(60, worse.Count);
        var late = Rounds(9, Budgets(60, "Critical"));
        Assert.Equal(60, late.Distinct().Count(line => line.StartsWith("full ", StringComparison.Ordinal)));
        Assert.Equal(60, late.Count);
        Assert.Equal(40, late.Count(line => line.StartsWith("full Escalated", StringComparison.Ordinal)));
        Assert.Empty(Rounds(3, Budgets(60, "Critical")));
        // Each that was opened is resolved, in both.
        Assert.Equal(120, Rounds(9, []).Distinct().Count(line => line.Contains(" Resolved ", StringComparison.Ordinal)));
        Assert.True(ledger.IsEmpty);
    }

    [Fact]
    public void What_comes_back_before_one_channel_was_told_that_it_was_over_opens_in_the_other_alone()
    {
        Rounds(4, Budgets(20));
        Rounds(4, [], "full");

        var again = Rounds(4, Budgets(20), "full");
        Assert.Equal(20, again.Count(line => line.StartsWith("free Opened", StringComparison.Ordinal)));
        var late = Rounds(4, Budgets(20));
        // Fifteen ends waited there, and what opened again behind them opens there too; of the others it knows no end.
        Assert.Equal(15, late.Count(line => line.StartsWith("full Resolved", StringComparison.Ordinal)));
        Assert.Equal(15, late.Count(line => line.StartsWith("full Opened", StringComparison.Ordinal)));
        Assert.Equal(40, Rounds(4, []).Count);
        Assert.True(ledger.IsEmpty);
    }

    /// <summary>An item of DynamoDB has 400 KB (developer guide, "Constraints"), and the largest message some 10 KB.</summary>
    [Theory]
    [InlineData(2, 9_000)]
    [InlineData(12, 9_000)]
    [InlineData(30, 9_000)]
    [InlineData(30, 500)]
    public void However_many_channels_take_nothing_what_waits_has_room_in_its_item(int count, int letters)
    {
        channels = Enumerable.Range(0, count).Select(number => new Channel($"c{number}", ChannelKind.Slack)).ToImmutableDictionary(channel => channel.Name);
        var before = Budgets(40).Select(alert => alert with { Text = new string('x', letters) }).ToImmutableArray();
        var after = Budgets(40).Select(alert => alert with { Text = new string('x', letters), Budget = "z" + alert.Budget }).ToImmutableArray();
        Rounds(50, before);
        for (var round = 0; round < 4; round++) Rounds(1, after, [.. channels.Keys]);

        Assert.InRange(ledger.Pending.Sum(message => AlertJson.Write(message.Alert).Length), 100_000, 300_000);
        Assert.All(channels.Keys, channel => Assert.Contains(ledger.Pending, message => message.Channel == channel));
    }

    private static ImmutableArray<Alert> Budgets(int count, string level = "Critical") =>
    [
        .. Enumerable.Range(0, count).Select(number => SampleAlerts.Critical with
        {
            Budget = $"b{number}",
            Level = level,
            Severity = level == "Over" ? AlertSeverity.Warning : AlertSeverity.Critical,
        }),
    ];

    /// <summary>Decides and sends some times; for a channel that is full everything waits.</summary>
    private List<string> Rounds(int rounds, ImmutableArray<Alert> found, params string[] full)
    {
        var told = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            now = now.AddMinutes(1);
            var claim = $"claim {++claims}";
            ledger = AlertDecision.Next(
                ledger,
                found,
                [.. channels.Keys.Select(channel => new AlertRoute(channel, AlertSeverity.Info))],
                channels,
                open => SampleAlerts.Resolved with { Budget = open.Budget, Level = open.Levels[^1], Severity = open.Severity },
                claim,
                now);
            while (PendingAlerts.Due(ledger, claim).FirstOrDefault() is { } message)
            {
                if (full.Contains(message.Channel))
                {
                    ledger = PendingAlerts.Waits(ledger, message);
                    continue;
                }

                told.Add($"{message.Channel} {message.Alert.Phase} {message.Alert.Level} {message.Alert.Budget}");
                ledger = PendingAlerts.Sent(ledger, message);
            }
        }

        return told;
    }
}
