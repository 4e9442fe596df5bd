using BudgetSync.Core.Alerts;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Alerts;

public sealed class SilenceAlertsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly StatusRow Heard =
        Applied(null, Noon, Spent(600, Noon)) with { DesiredRevision = "aaaa", State = AccountState.Applied, Reasons = [], AccountName = "payments-dev" };

    [Fact]
    public void A_spoke_is_silent_when_it_has_not_reported_for_as_long_as_makes_its_account_Unchecked()
    {
        Assert.Null(SilenceAlerts.Of(Heard, null, Noon.Add(Staleness.Limit)));
        var now = Noon.Add(Staleness.Limit).AddSeconds(1);
        var alert = SilenceAlerts.Of(StatusChange.Aged(Heard, now), "ask the owner", now)!;

        Assert.Equal("111122223333//2026-11-12/SpokeSilent", alert.DedupKey);
        Assert.Equal("Spoke silent: payments-dev (111122223333)", alert.Title);
        Assert.StartsWith(
            "The spoke of 111122223333 has not reported since 2026-11-12 12:00 UTC: what the account spends is not seen, and no other alert of it comes. "
                + "Unchecked: no report for more than 26 hours: look whether the spoke's schedule",
            alert.Text,
            StringComparison.Ordinal);
        Assert.Equal("ask the owner", alert.Note);
    }

    [Fact]
    public void Nothing_is_waited_for_where_no_budget_is_asked_for_or_nobody_can_do_anything()
    {
        var late = Noon.AddDays(2);
        Assert.NotNull(SilenceAlerts.Of(Heard, null, late));
        Assert.Null(SilenceAlerts.Of(Heard with { DesiredRevision = null }, null, late));
        Assert.Null(SilenceAlerts.Of(Heard with { State = AccountState.Orphan }, null, late));
    }

    /// <summary>Reconcile writes the parameter of a spoke that never reported anew now and then.</summary>
    [Fact]
    public void A_spoke_that_never_reported_stays_silent_when_its_parameter_is_written_anew()
    {
        var never = Heard with { ReportedAt = null, PropagatedAt = Noon };
        var late = Noon.AddHours(27);
        Assert.True(SilenceAlerts.Begins(never, late));
        var renewed = never with { PropagatedAt = late };

        Assert.False(SilenceAlerts.Begins(renewed, late));
        Assert.Equal(SilenceAlerts.Of(never, null, late)!.DedupKey, SilenceAlerts.Of(renewed, null, late)!.DedupKey);
        Assert.Null(SilenceAlerts.Of(never with { PropagatedAt = null }, null, late));
    }

    [Theory]
    [InlineData(10, 100, null)]
    [InlineData(11, 100, "More than 10 spokes silent")]
    [InlineData(200, 10_000, null)]
    [InlineData(201, 10_000, "More than 100 spokes silent")]
    [InlineData(10_000, 10_000, "More than 1,000 spokes silent")]
    public void More_than_ten_or_two_in_a_hundred_are_told_as_one(int silent, int accounts, string? level)
    {
        var rows = Enumerable.Range(1, accounts)
            .Select(number => Heard with { Key = $"{number:000000000000}", ReportedAt = number <= silent ? Noon : Noon.AddHours(20) })
            .ToList();

        var alert = SilenceAlerts.OfMany(rows, Noon.AddHours(27)).SingleOrDefault();

        Assert.Equal(level, alert?.Level);
        if (alert is null) return;
        Assert.Equal("///SpokeSilent", alert.DedupKey);
        Assert.StartsWith($"{silent:#,0} of {accounts:#,0} spokes have not reported for 26 hours", alert.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_says_when_the_spoke_reported()
    {
        var told = new OpenAlert(AlertKind.SpokeSilent, "", "2026-11-10") { Levels = ["Spoke silent"] };
        var over = SpendAlerts.Over(told, "111122223333", Heard, Noon.AddHours(1));
        var gone = SpendAlerts.Over(told, "111122223333", null, Noon.AddHours(1));

        Assert.Equal("111122223333//2026-11-10/SpokeSilent", over.DedupKey);
        Assert.Equal("The spoke of 111122223333 has reported at 2026-11-12 12:00 UTC.", over.Text);
        Assert.Equal("No report of 111122223333 is waited for any more.", gone.Text);
        Assert.Equal("///SpokeSilent", SpendAlerts.Over(told with { Period = "" }, RestrictionAlerts.EveryAccount, null, Noon).DedupKey);
    }
}
