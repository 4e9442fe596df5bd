using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>
/// What each channel alone is told, at a provider where two of them end: it takes messages of one key for one matter (PagerDuty's dedup_key, an import set of
/// ServiceNow that coalesces on correlation_id, CloudEvents 1.0.2, "id": distinct for each event of a source), and one of two would be lost.
/// </summary>
public sealed class ChannelKeyTests
{
    private static readonly DateTimeOffset Now = SampleAlerts.At;

    [Theory]
    [InlineData(ChannelKind.PagerDuty, "dedup_key")]
    [InlineData(ChannelKind.ServiceNow, "correlation_id")]
    [InlineData(ChannelKind.Webhook, "id")]
    public void Sums_and_digests_of_two_channels_have_keys_of_their_own(ChannelKind kind, string member)
    {
        Channel[] both = [new("pager-research", kind), new("pager-retail", kind)];
        var digest = new Alert(AlertKind.Digest, AlertSeverity.Info, AlertPhase.Opened, "", "", "2026-11-19", "Daily digest of 2026-11-19", "", Now);

        var keys = both.SelectMany(channel => Summed(channel).Pending.Concat(Digested(channel, digest).Pending)
            .Select(message => SampleAlerts.Parsed(AlertFormat.Body(message.Alert, channel)).GetProperty(member).GetString())).ToList();

        Assert.Equal(4, keys.Distinct().Count());
    }

    [Fact]
    public void The_incident_of_a_sum_is_resolved_by_its_own_key()
    {
        var pager = new Channel("pager", ChannelKind.PagerDuty);
        var opened = Assert.Single(Summed(pager).Pending).Alert;
        var later = ChannelDecision.Sums(
            PendingAlerts.Sent(Summed(pager), Summed(pager).Pending[0]), pager, [new ChannelHour("2026-11-19T12", 7)], "later", Now.AddHours(1));

        var over = Assert.Single(later.Pending).Alert;
        Assert.Equal("//pager 2026-11-19T12/Overflow", opened.DedupKey);
        Assert.Equal((opened.DedupKey, AlertPhase.Resolved), (over.DedupKey, over.Phase));
    }

    /// <summary>The day of the last digest is read from the ledger's own memory, and not from the key.</summary>
    [Fact]
    public void A_digest_is_still_told_once_a_day()
    {
        var channel = new Channel("finops", ChannelKind.Slack);
        var digest = new Alert(AlertKind.Digest, AlertSeverity.Info, AlertPhase.Opened, "", "", "2026-11-19", "Daily digest of 2026-11-19", "", Now);
        var told = Digested(channel, digest);

        Assert.Equal(new DateOnly(2026, 11, 19), ChannelDecision.LastDigest(told));
        var again = ChannelDecision.Digest(told, channel, new DateOnly(2026, 11, 19), digest, "another", Now);
        Assert.Same(Assert.Single(told.Pending).Alert, Assert.Single(again.Pending).Alert);
    }

    private static AccountAlerts Summed(Channel channel) => ChannelDecision.Sums(
        new AccountAlerts($"channel#{channel.Name}"), channel, [new ChannelHour("2026-11-19T12", 7)], "claim", Now);

    private static AccountAlerts Digested(Channel channel, Alert digest) => ChannelDecision.Digest(
        new AccountAlerts($"channel#{channel.Name}"), channel, new DateOnly(2026, 11, 19), digest, "claim", Now);
}
