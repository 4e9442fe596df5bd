using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend.Costs;
using static BudgetSync.Core.Tests.Alerts.SampleAlerts;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>spend-and-response.md, F9: on a rise to Over or higher, and where money runs out. What asks of anything else costs $0.01 for nothing.</summary>
public sealed class DriverFactTests
{
    [Theory]
    [InlineData(AlertKind.SpendState, true)]
    [InlineData(AlertKind.Runway, true)]
    [InlineData(AlertKind.Threshold, false)]
    [InlineData(AlertKind.Blind, false)]
    [InlineData(AlertKind.Restriction, false)]
    [InlineData(AlertKind.Anomaly, false)]
    [InlineData(AlertKind.Ai, false)]
    [InlineData(AlertKind.SpokeSilent, false)]
    [InlineData(AlertKind.Envelope, false)]
    [InlineData(AlertKind.Overflow, false)]
    [InlineData(AlertKind.Digest, false)]
    [InlineData(AlertKind.Test, false)]
    public void What_rose_is_asked_where_money_is_spent_or_runs_out(AlertKind kind, bool asked) =>
        Assert.Equal(asked, DriverFact.Suits(Critical with { Kind = kind }));

    [Theory]
    [InlineData(AlertPhase.Opened, true)]
    [InlineData(AlertPhase.Escalated, true)]
    [InlineData(AlertPhase.Reminder, false)]
    [InlineData(AlertPhase.Resolved, false)]
    public void And_only_when_it_is_told_for_the_first_time_or_is_worse(AlertPhase phase, bool asked) =>
        Assert.Equal(asked, DriverFact.Suits(Critical with { Phase = phase }));

    [Fact]
    public void It_is_one_fact_more_and_none_where_nothing_rose()
    {
        var told = DriverFact.Added(Critical, [new CostDriver("AWS Lambda", 1.5m, 10, "USD"), new CostDriver("Amazon S3", 0, 1, "USD")]);

        Assert.Equal(
            new AlertFact("Rose most", "AWS Lambda +8.50 USD a day (1.50 before, 10 now); Amazon S3 +1 USD a day (0 before, 1 now)"),
            told.Facts[^1]);
        Assert.Equal(Critical, DriverFact.Added(Critical, []));
    }
}
