using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>A limit that moves by itself, its budget's own tags, and what they come to at AWS.</summary>
public sealed class MovingLimitsTests
{
    private static readonly DateTimeOffset Eve = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private const string Moving = """
        {"BudgetValue":1000,"Grants":[{"Amount":500,"Until":"2026-11-30","Why":"load test"},{"Amount":200,"Until":"2026-11-27","Why":"fair"}],
        "Changes":[{"From":"2026-11-01","BudgetValue":1300}]}
        """;

    [Fact]
    public async Task The_limit_moves_on_its_days_by_one_update_each_and_is_reported_as_no_drift()
    {
        var clock = new VirtualClock(Eve);
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        Assert.Equal(2000, Limit(await spoke.ApplyAsync(Moving)));
        spoke.Recorder.Forget();

        foreach (var (days, limit) in new[] { (1, 1800), (2, 1800), (1, 1300), (30, 1300) })
        {
            var before = Limit(await spoke.ApplyAsync());
            Assert.Empty(spoke.Recorder.Seen);
            clock.Advance(TimeSpan.FromDays(days));
            spoke.Advance(TimeSpan.FromDays(days));
            var report = await spoke.ApplyAsync();
            Assert.Equal((ReportOutcome.Applied, limit), (report.Outcome, Limit(report)));
            Assert.Empty(report.Drift);
            Assert.Equal(before == limit ? [] : ["UpdateBudget"], spoke.Recorder.Seen);
            spoke.Recorder.Forget();
        }
    }

    [Fact]
    public async Task A_limit_changed_by_hand_is_drift_and_put_back_to_that_of_the_day()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(Eve) });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await spoke.ApplyAsync(Moving);
        await spoke.ApplyAsync("""{"BudgetValue":999}""");
        var report = await spoke.ApplyAsync(Moving);

        Assert.Contains("limit is 999 USD, should be 2000 USD", Assert.Single(report.Drift), StringComparison.Ordinal);
        Assert.Equal(2000, Limit(report));
    }

    [Fact]
    public async Task Tags_are_made_those_of_the_row_and_our_own_stays()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(Eve) });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await spoke.ApplyAsync("""{"BudgetValue":1,"ResourceTags":{"team":"a","stage":"b"}}""");
        Assert.Equal(["stage=b", "team=a"], await TagsAsync(spoke));
        spoke.Recorder.Forget();

        var report = await spoke.ApplyAsync("""{"BudgetValue":1,"ResourceTags":{"team":"c"}}""");
        Assert.Equal(["UntagResource", "TagResource"], spoke.Recorder.Seen);
        Assert.Equal(["team=c"], await TagsAsync(spoke));
        Assert.Equal(2, report.Changes.Length);

        spoke.Recorder.Forget();
        await spoke.ApplyAsync("""{"BudgetValue":1}""");
        Assert.Empty(spoke.Recorder.Seen);
        Assert.Equal(["team=c"], await TagsAsync(spoke));

        await spoke.ApplyAsync("""{"BudgetValue":1,"ResourceTags":{}}""");
        Assert.Empty(await TagsAsync(spoke));
        Assert.True(Assert.Single((await spoke.ReadAsync(DesiredBudgets.None)).Budgets).Managed);
    }

    [Fact]
    public async Task A_custom_period_and_a_billing_view_are_applied_and_changed_in_place()
    {
        const string custom = """
            {"BudgetValue":5,"TimeUnit":"CUSTOM","TimePeriod":{"Start":"2026-11-01","End":"2027-02-01"},
            "BillingViewArn":"arn:aws:billing::{AccountId}:billingview/custom-1"}
            """;
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = new VirtualClock(Eve) });
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await spoke.ApplyAsync("""{"BudgetValue":5}""");

        Assert.Equal(ReportOutcome.Applied, (await spoke.ApplyAsync(custom)).Outcome);
        var settings = Assert.Single((await spoke.ReadAsync(DesiredBudgets.None)).Budgets).Settings;
        Assert.Equal((TimeUnit.CUSTOM, $"arn:aws:billing::{spoke.Account}:billingview/custom-1"), (settings.TimeUnit, settings.BillingViewArn));
        spoke.Recorder.Forget();
        Assert.Equal(ReportOutcome.Applied, (await spoke.ApplyAsync(custom)).Outcome);
        Assert.Empty(spoke.Recorder.Seen);
    }

    private static decimal? Limit(Report report) => Assert.Single(report.Budgets).Limit;

    private static async Task<IEnumerable<string>> TagsAsync(Spoke spoke) =>
        Assert.Single((await spoke.ReadAsync(DesiredBudgets.None)).Budgets).Tags.Items.Select(tag => $"{tag.Key}={tag.Value}");
}
