using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Alerts;

public sealed class SpendAlertsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(700, "")]
    [InlineData(1050, "SpendState Warning Over 2026-11")]
    [InlineData(1250, "SpendState Critical Critical 2026-11")]
    [InlineData(1600, "SpendState Emergency Shutdown 2026-11")]
    public void A_state_above_the_limit_is_an_alert_as_severe_as_it_is(int spent, string alert) =>
        Assert.Equal(alert, string.Join(", ", Of(Applied(null, Noon, Spent(spent, Noon)))));

    [Fact]
    public void An_alert_says_what_was_spent_of_what_and_why_with_the_rows_note()
    {
        var alert = Assert.Single(SpendAlerts.Of(Applied(null, Noon, Spent(1250.5m, Noon)), "ask the owner", Noon));

        Assert.Equal("team-a of 111122223333 has spent 1,250.50 USD (125.1 %) of 1,000 USD: actual 125.1 % is at or above 120.", alert.Text);
        Assert.Equal("111122223333/team-a/2026-11/SpendState", alert.DedupKey);
        Assert.Equal("ask the owner", alert.Note);
        Assert.Contains(new AlertFact("Period", "2026-11-01 to 2026-11-30"), alert.Facts);
    }

    [Fact]
    public void An_alert_and_its_end_name_the_account_where_the_organization_has_told_its_name_and_keep_it_in_the_ledger()
    {
        var row = Applied(null, Noon, Spent(1250.5m, Noon)) with { AccountName = "payments-dev" };
        var alert = Assert.Single(SpendAlerts.Of(row, null, Noon));
        var over = SpendAlerts.Over(new OpenAlert(AlertKind.SpendState, "team-a", "2026-11") { Levels = ["Critical"] }, "111122223333", row, Noon);

        Assert.Equal("Critical: team-a of payments-dev (111122223333)", alert.Title);
        Assert.Equal("Resolved: Critical: team-a of payments-dev (111122223333)", over.Title);
        Assert.Equal(alert, AlertJson.Read(AlertJson.Write(alert)));
        Assert.Null(Assert.Single(SpendAlerts.Of(row with { AccountName = "" }, null, Noon)).AccountName);
    }

    /// <summary>At the first of a month the amount of the new period is not known for hours, and the state is still the old one's.</summary>
    [Fact]
    public void An_end_after_the_period_says_that_a_new_one_began_whether_it_was_looked_at_or_not()
    {
        var row = Applied(null, Noon, Spent(1250, Noon));
        var told = new OpenAlert(AlertKind.Runway, "team-a", "2026-11") { Levels = ["Runs out within 4 days"] };

        Assert.Equal(
            "team-a of 111122223333: a new period began.", SpendAlerts.Over(told, "111122223333", row, new DateTimeOffset(2026, 12, 1, 1, 0, 0, default)).Text);
        Assert.StartsWith(
            "team-a of 111122223333 does not run out that soon any more, and is Critical: 1,250 USD",
            SpendAlerts.Over(told, "111122223333", row, Noon).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Money_that_runs_out_is_told_while_it_does_and_no_longer()
    {
        var row = Applied(null, Noon, Spent(600, Noon));
        var standing = Assert.Single(row.Spend) with { RunwayDays = 6, ExhaustedOn = new DateOnly(2026, 11, 18), BurnPerDay = 66 };
        standing = standing with { Memory = standing.Memory with { RunwayLevel = 7 } };

        var alert = Assert.Single(SpendAlerts.Of(row with { Spend = [standing] }, null, Noon));
        Assert.Equal(
            (AlertKind.Runway, AlertSeverity.Warning, "team-a of 111122223333 runs out on 2026-11-18, 13 days before the period ends at 66 USD a day: "
                + "600 USD (60.0 %) of 1,000 USD."),
            (alert.Kind, alert.Severity, alert.Text));
        Assert.Contains(", 1 day before the period ends", TextOf(standing with { ExhaustedOn = new DateOnly(2026, 11, 30) }), StringComparison.Ordinal);
        Assert.Contains(" runs out about when the period ends at 66 USD", TextOf(standing with { ExhaustedOn = null }), StringComparison.Ordinal);
        Assert.Empty(Of(row with { Spend = [standing with { Memory = standing.Memory with { RunwayOver = true } }] }));
        // A month in minutes told for days that money "runs out" on a day that had been, and reminded of it beside the state that says so.
        var spent = standing with { RunwayDays = 0, ExhaustedOn = new DateOnly(2026, 11, 10), Memory = standing.Memory with { RunwayLevel = 4 } };
        var gone = Assert.Single(SpendAlerts.Of(row with { Spend = [spent] }, null, Noon));
        Assert.Equal(AlertSeverity.Info, gone.Severity);
        Assert.StartsWith(
            "team-a of 111122223333 ran out on 2026-11-10, 21 days before the period ends",
            gone.Text,
            StringComparison.Ordinal);
        // The newest look knew no amounts: those of the last are as spent as before.
        var unknown = spent with { RunwayDays = null, ExhaustedOn = null, Memory = spent.Memory with { Actual = 1000, Limit = 1000 } };
        Assert.Equal("Ran out", Assert.Single(SpendAlerts.Of(row with { Spend = [unknown] }, null, Noon)).Level);

        string TextOf(SpendStanding other) => Assert.Single(SpendAlerts.Of(row with { Spend = [other] }, null, Noon)).Text;
    }

    /// <summary>Of a spoke that was silent since November people were reminded in each of the months after it.</summary>
    [Fact]
    public void What_nothing_has_looked_at_since_its_period_ended_is_told_no_more()
    {
        var late = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
        var row = Applied(null, late, Spent(1250, late));

        Assert.Equal(["SpendState Critical Critical 2026-11"], Of(row, late.AddHours(26)));
        Assert.Equal(["Blind Warning Blind 2026-11"], Of(row, late.AddHours(27)));
    }

    [Fact]
    public void A_budget_that_nothing_has_looked_at_for_more_than_a_day_is_blind()
    {
        var row = Applied(null, Noon, Spent(600, Noon));

        Assert.Empty(Of(row, Noon.AddHours(26)));
        Assert.Equal(["Blind Warning Blind 2026-11"], Of(row, Noon.AddHours(27)));
    }

    [Fact]
    public void What_is_over_says_why()
    {
        var told = new OpenAlert(AlertKind.SpendState, Budget, "2026-11") { Severity = AlertSeverity.Critical, Levels = ["Over", "Critical"] };
        var calm = Applied(null, Noon, Spent(600, Noon));
        var next = Applied(null, Noon.AddDays(20), Spent(10, Noon.AddDays(20)));

        Assert.Equal("team-a of 111122223333 is Under now: 600 USD (60.0 %) of 1,000 USD.", Over(calm).Text);
        Assert.Equal("team-a of 111122223333: a new period began.", Over(next).Text);
        Assert.Equal("team-a of 111122223333 is no budget of BudgetSync any more.", Over(null).Text);
        Assert.Equal(("111122223333/team-a/2026-11/SpendState", "Resolved: Critical: team-a of 111122223333"), (Over(next).DedupKey, Over(next).Title));

        Alert Over(StatusRow? row) => SpendAlerts.Over(told, "111122223333", row, Noon);
    }

    // Found by a newcomer: "Resolved: Shutdown" with what little was spent in the month that had just begun.
    [Fact]
    public void The_end_of_an_alert_whose_period_is_over_has_the_facts_that_were_told_with_it_and_else_those_of_now()
    {
        var shutdown = Applied(null, Noon, Spent(1600, Noon));
        var told = new OpenAlert(AlertKind.SpendState, Budget, "2026-11")
        {
            Levels = ["Shutdown"],
            Facts = Assert.Single(SpendAlerts.Of(shutdown, null, Noon)).Facts,
        };
        var december = new DateTimeOffset(2026, 12, 2, 12, 0, 0, TimeSpan.Zero);
        var next = Applied(null, december, Spent(10, december));

        var over = SpendAlerts.Over(told, "111122223333", next, december);
        Assert.Contains(new AlertFact("Spent", "1,600 USD (160.0 %)"), over.Facts);
        Assert.Contains(new AlertFact("Period", "2026-11-01 to 2026-11-30"), over.Facts);
        Assert.Contains(new AlertFact("Spent", "600 USD (60.0 %)"), SpendAlerts.Over(told, "111122223333", Applied(null, Noon, Spent(600, Noon)), Noon).Facts);
        Assert.Empty(SpendAlerts.Over(told with { Facts = [] }, "111122223333", next, december).Facts);
    }

    [Theory]
    [InlineData("2026-11-01", "2026-12-01", "2026-11")]
    [InlineData("2026-01-01", "2027-01-01", "2026")]
    [InlineData("2026-10-01", "2027-01-01", "2026-10-01")]
    [InlineData("2026-11-12", "2026-11-13", "2026-11-12")]
    public void A_period_has_the_shortest_name_that_says_it(string start, string end, string name) =>
        Assert.Equal(name, AlertFacts.PeriodName(new BudgetPeriod(DateOnly.Parse(start), DateOnly.Parse(end))));

    [Fact]
    public void An_alert_is_read_from_the_ledger_as_it_was_written()
    {
        foreach (var alert in new[] { SampleAlerts.Critical with { AccountName = null }, SampleAlerts.Resolved with { AccountName = null, Note = null } })
            Assert.Equal(alert, AlertJson.Read(AlertJson.Write(alert)));
        Assert.Null(AlertJson.Read("{}"));
        Assert.Null(AlertJson.Read("no JSON"));
    }

    private static string[] Of(StatusRow row, DateTimeOffset? now = null) =>
        [.. SpendAlerts.Of(row, null, now ?? Noon).Select(alert => $"{alert.Kind} {alert.Severity} {alert.Level} {alert.Period}")];
}
