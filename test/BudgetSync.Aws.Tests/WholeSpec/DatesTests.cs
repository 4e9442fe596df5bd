using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>The same row on another day.</summary>
public sealed class DatesTests
{
    private const string Plan = """
        "PlannedBudgetLimits":{"2026-01":1,"2026-02":2,"2026-03":3,"2026-04":4,"2026-05":5,"2026-06":6,"2026-07":7,"2026-08":8,"2026-09":9,"2026-10":10,
        "2026-11":11,"2026-12":12}
        """;

    [Fact]
    public async Task A_plan_needs_no_write_as_the_months_go_by_and_can_be_changed_at_any_time()
    {
        var clock = new VirtualClock(World.Start);
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        Assert.Equal(ReportOutcome.Applied, (await spoke.ApplyAsync("{" + Plan + "}")).Outcome);
        spoke.Recorder.Forget();

        for (var month = 0; month < 14; month++)
        {
            clock.Advance(TimeSpan.FromDays(30));
            spoke.Advance(TimeSpan.FromDays(30));
            Assert.Equal(ReportOutcome.Applied, (await spoke.ApplyAsync()).Outcome);
            Assert.Empty(spoke.Recorder.Seen);
        }

        var changed = await spoke.ApplyAsync("{" + Plan + ""","CostFilters":{"Service":["AWS Lambda"]}}""");
        Assert.Equal((ReportOutcome.Applied, "UpdateBudget"), (changed.Outcome, Assert.Single(spoke.Recorder.Seen)));
        await spoke.ApplyAsync();
        Assert.Single(spoke.Recorder.Seen);
    }

    [Fact]
    public async Task A_start_that_the_row_gives_is_kept_through_every_update()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(World.Start) });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await spoke.ApplyAsync("""{"BudgetValue":1000,"TimePeriod":{"Start":"2025-07-01"}}""");
        await spoke.ApplyAsync("""{"BudgetValue":2000,"TimePeriod":{"Start":"2025-07-01"}}""");

        Assert.Equal(
            new DateTimeOffset(2025, 7, 1, 0, 0, 0, TimeSpan.Zero),
            Assert.Single((await spoke.ReadAsync(DesiredBudgets.None)).Budgets).Settings.PeriodStart);
        spoke.Recorder.Forget();
        await spoke.ApplyAsync();
        Assert.Empty(spoke.Recorder.Seen);
    }

    [Theory]
    [InlineData("""{"BudgetValue":2000,"TimePeriod":{"End":"2026-03-01"}}""", "TimePeriod.End: 2026-03-01T00:00:00Z has passed")]
    [InlineData(
        """{"PlannedBudgetLimits":{"2026-04":1,"2026-05":1,"2026-06":1,"2026-07":1,"2026-08":1,"2026-09":1,"2026-10":1,"2026-11":1,"2026-12":1"""
            + ""","2027-01":1,"2027-02":1,"2027-03":1}}""",
        "begins with 2026-04")]
    public async Task What_AWS_takes_only_on_another_day_is_refused_without_a_call_and_what_is_there_stays(string document, string reason)
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(World.Start) });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await spoke.ApplyAsync("""{"BudgetValue":1000}""");
        spoke.Recorder.Forget();

        var report = await spoke.ApplyAsync(document);

        Assert.Equal((ReportOutcome.Rejected, 0), (report.Outcome, spoke.Recorder.Seen.Count));
        Assert.Contains(reason, Assert.Single(report.Reasons), StringComparison.Ordinal);
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(1000, "USD")), Assert.Single((await spoke.ReadAsync(DesiredBudgets.None)).Budgets).Settings.Amount);
    }
}
