using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Rows and channels that change while something is open.</summary>
public sealed class ChangedRouteTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private ImmutableDictionary<string, Channel> channels = new[] { new Channel("finops", ChannelKind.Slack), new Channel("pager", ChannelKind.PagerDuty) }
        .ToImmutableDictionary(channel => channel.Name);

    private ImmutableArray<AlertRoute> routes = [new("finops", AlertSeverity.Info), new("pager", AlertSeverity.Info)];
    private AccountAlerts ledger = new("111122223333");
    private DateTimeOffset now = Noon;
    private int claims;

    [Fact]
    public void Whom_a_row_names_no_more_is_not_reminded_and_hears_that_it_is_over()
    {
        Assert.Equal(["finops Opened", "pager Opened"], Tell(SampleAlerts.Critical));
        routes = [new("pager", AlertSeverity.Info)];

        now = Noon.AddDays(3);
        Assert.Equal(["pager Reminder"], Tell(SampleAlerts.Critical));
        Assert.Equal(["finops Resolved", "pager Resolved"], Tell());
        Assert.True(ledger.IsEmpty);
    }

    [Fact]
    public void A_row_that_silences_everything_still_ends_what_it_opened()
    {
        Tell(SampleAlerts.Critical);
        routes = [];

        Assert.Empty(Tell(SampleAlerts.Critical));
        Assert.Equal(["finops Resolved", "pager Resolved"], Tell());
        Assert.True(ledger.IsEmpty);
    }

    [Fact]
    public void A_channel_that_is_taken_away_keeps_nothing_open_and_one_of_its_name_is_told_anew()
    {
        Tell(SampleAlerts.Critical);
        var all = channels;
        channels = channels.Remove("pager");
        Assert.Empty(Tell(SampleAlerts.Critical));
        Assert.Equal(["finops Resolved"], Tell());
        Assert.True(ledger.IsEmpty);

        channels = all;
        Assert.Equal(["finops Opened", "pager Opened"], Tell(SampleAlerts.Critical));
    }

    private string[] Tell(params Alert[] found)
    {
        var claim = $"claim {++claims}";
        ledger = AlertDecision.Next(
            ledger,
            [.. found],
            routes,
            channels,
            told => SampleAlerts.Resolved with { Kind = told.Kind, Period = told.Period, Level = told.Levels[^1] },
            claim,
            now);
        ImmutableArray<PendingAlert> mine = [.. ledger.Pending.Where(message => message.Claim == claim)];
        foreach (var message in mine) ledger = PendingAlerts.Sent(ledger, message);
        return [.. mine.Select(message => $"{message.Channel} {message.Alert.Phase}").Order(StringComparer.Ordinal)];
    }
}
