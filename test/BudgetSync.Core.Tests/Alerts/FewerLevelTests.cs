using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>What gets better to a level that nobody was told of, because it was worse from the beginning, is not told as worse.</summary>
public sealed class FewerLevelTests
{
    private static readonly ImmutableDictionary<string, Channel> Channels =
        new[] { new Channel("pager", ChannelKind.PagerDuty) }.ToImmutableDictionary(channel => channel.Name);

    private static readonly StatusRow Heard =
        Applied(null, At, Spent(600, At)) with { DesiredRevision = "aaaa", State = AccountState.Applied, Reasons = [] };

    [Fact]
    public void Of_an_outage_that_becomes_smaller_is_told_that_it_is_over_alone()
    {
        var ledger = new AccountAlerts(RestrictionAlerts.EveryAccount);
        var told = new List<string>();
        foreach (var (silent, hour) in new[] { 500, 90, 70, 2_000, 80, 0 }.Select((silent, hour) => (silent, hour)))
        {
            var now = At.AddHours(27 + hour);
            var rows = Enumerable.Range(1, 3_000).Select(number => Heard with
            {
                Key = $"{number:000000000000}",
                ReportedAt = number <= silent ? At : now,
            }).ToList();
            ledger = AlertDecision.Next(
                ledger,
                SilenceAlerts.OfMany(rows, now),
                [new AlertRoute("pager", AlertSeverity.Critical)],
                Channels,
                open => SpendAlerts.Over(open, RestrictionAlerts.EveryAccount, null, now),
                $"claim {hour}",
                now);
            foreach (var message in PendingAlerts.Due(ledger, $"claim {hour}").ToList())
            {
                told.Add($"{message.Alert.Phase} {message.Alert.Level}");
                ledger = PendingAlerts.Sent(ledger, message);
            }
        }

        Assert.Equal(
            ["Opened More than 100 spokes silent", "Escalated More than 1,000 spokes silent", "Resolved More than 1,000 spokes silent"],
            told);
    }
}
