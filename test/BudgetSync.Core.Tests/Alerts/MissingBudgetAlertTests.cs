using BudgetSync.Core.Alerts;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>Who takes a budget away in its account, and keeps the spoke from making it again, ends no alert by that.</summary>
public sealed class MissingBudgetAlertTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly ReportedBudget Gone = new(Budget, null, "", null, null, SpendState.Unknown) { Missing = true };

    [Fact]
    public void What_was_told_stays_open_with_its_level_while_its_period_lasts()
    {
        var before = Applied(null, Noon, Spent(1250, Noon, alarm: true));
        var told = SpendAlerts.Of(before, null, Noon);
        var after = Applied(before, Noon.AddDays(1), Gone);

        var still = SpendAlerts.Of(after, null, Noon.AddDays(1));
        Assert.Equal(["Critical", "80 % ACTUAL"], told.Select(alert => alert.Level));
        Assert.Equal(told.Select(alert => (alert.DedupKey, alert.Level, alert.Severity)), still.Select(alert => (alert.DedupKey, alert.Level, alert.Severity)));
        Assert.Equal("team-a is missing in 111122223333; when it was there last, it said: Critical.", still[0].Text);
        var december = SpendAlerts.Of(after, null, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal([AlertKind.Blind], december.Select(alert => alert.Kind));
    }

    [Fact]
    public void That_nothing_has_looked_at_it_since_is_told_after_a_day()
    {
        var after = Applied(Applied(null, Noon, Spent(600, Noon)), Noon.AddHours(2), Gone);

        Assert.Empty(SpendAlerts.Of(after, null, Noon.AddHours(26)));
        Assert.Equal(AlertKind.Blind, Assert.Single(SpendAlerts.Of(after, null, Noon.AddHours(27))).Kind);
    }

    [Fact]
    public void Of_one_that_was_never_there_nothing_is_told() => Assert.Empty(SpendAlerts.Of(Applied(null, Noon, Gone), null, Noon.AddDays(9)));

    [Fact]
    public void One_that_no_row_wants_any_more_ends_what_was_told_of_it()
    {
        var after = Applied(Applied(null, Noon, Spent(1250, Noon)), Noon.AddDays(1));

        Assert.Empty(SpendAlerts.Of(after, null, Noon.AddDays(1)));
    }
}
