using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Status;

public sealed class SpendEventTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    // As SpendChange.Between held it before states had a memory: an older spoke's report has neither period nor time.
    [Fact]
    public void A_change_of_state_is_told_once_and_turning_unknown_never()
    {
        var before = Applied(null, Noon, Old("A", 50), Old("B", 105), Old("C", 105)).Told();

        var after = Applied(before, Noon.AddHours(1), Old("C", null), Old("B", 106), Old("A", 125), Old("D", 1));

        Assert.Equal(["A Under Critical", "D Unknown Under"], after.Untold.Select(told => told.Detail()).Select(Line));
        Assert.Empty(Applied(after.Told(), Noon.AddHours(2), Old("A", 125), Old("B", 106), Old("C", null), Old("D", 1)).Untold);

        static ReportedBudget Old(string name, decimal? actual) => new(name, 100, "USD", actual, null, SpendState.Unknown);

        static string Line(JsonElement detail) =>
            $"{detail.GetProperty("budgetName").GetString()} {detail.GetProperty("before").GetString()} {detail.GetProperty("after").GetString()}";
    }

    [Fact]
    public void A_state_known_before_there_was_a_memory_is_not_told_once_more()
    {
        var stored = Applied(null, Noon, Spent(1050, Noon)) with { Spend = [], Untold = [] };

        Assert.Empty(Looked(stored, Noon.AddHours(4), Spent(1051, Noon.AddHours(4))).Untold);
    }

    [Fact]
    public void A_changed_state_is_told_with_the_members_of_version_1_and_all_that_is_known_of_the_money()
    {
        var days = Enumerable.Range(6, 6).Select(day => Day(day, 1000 + (30 * (day - 5)))).ToImmutableArray();
        var row = Applied(null, Noon.AddDays(-1), Spent(950, Noon.AddDays(-1))).Told() with
        {
            Path = ["ou-ab12-11111111", "r-ab12"],
            AccountName = "payments-dev"
        };
        var report = StatusSteps.Report("aaaa", 1, Noon, ReportOutcome.Looked) with { Budgets = [Spent(1210.404m, Noon) with { ForecastedSpend = 1890 }] };

        var told = Assert.Single(StatusChange.Looked(row, StatusSteps.Key, report, SpendBounds.Default, Noon, days).Untold);

        Assert.Equal("BudgetSync Spend State Changed", told.Kind);
        Assert.Equal(
            """
            {"version":2,"accountId":"111122223333","accountName":"payments-dev","budgetName":"team-a","before":"OnTarget","after":"Critical",
            "limit":1000.00,"actual":1210.40,"forecast":1890.00,"unit":"USD","percent":121.04,"forecastPercent":189.00,
            "period":{"start":"2026-11-01","end":"2026-12-01","day":12},
            "pace":3.03,"burnPerDay":30.00,"runwayDays":0.00,
            "path":["ou-ab12-11111111","r-ab12"],"why":["actual 121.0 % is at or above 120","forecast 189.0 % is above 110"],
            "asOf":"2026-11-12T12:00:00Z","held":false}
            """.ReplaceLineEndings(""),
            told.Detail);

        static HistoryItem Day(int day, decimal total) => new()
        {
            Key = new HistoryKey(Budget, new DateOnly(2026, 11, day)),
            Period = BudgetPeriod.Of(TimeUnit.MONTHLY, new DateOnly(2026, 11, day)),
            Unit = "USD",
            Actual = total,
            WrittenAt = Noon,
        };
    }

    [Fact]
    public void A_notification_in_alarm_is_told_when_it_crosses_and_when_it_is_cleared_and_not_in_between()
    {
        var calm = Applied(null, Noon, Spent(700, Noon, alarm: false)).Told();
        var alarmed = Looked(calm, Noon.AddHours(4), Spent(750, Noon.AddHours(4), alarm: true));
        var still = Looked(alarmed.Told(), Noon.AddHours(8), Spent(760, Noon.AddHours(8), alarm: true));
        var unread = Looked(still.Told(), Noon.AddHours(12), Spent(770, Noon.AddHours(12)));
        var cleared = Looked(unread.Told(), Noon.AddHours(16), Spent(770, Noon.AddHours(16), alarm: false, limit: 2000));

        var crossed = Assert.Single(alarmed.Untold);
        Assert.Equal("BudgetSync Threshold Crossed", crossed.Kind);
        Assert.Equal(
            """{"type":"ACTUAL","comparison":"GREATER_THAN","threshold":80,"thresholdType":"PERCENTAGE"}""",
            crossed.Detail().GetProperty("notification").GetRawText());
        Assert.Empty(still.Untold);
        Assert.Empty(unread.Untold);
        var end = Assert.Single(cleared.Untold);
        Assert.Equal(("BudgetSync Threshold Cleared", "the limit was raised"), (end.Kind, end.Detail().GetProperty("why")[0].GetString()));
    }

    [Fact]
    public void An_alarm_that_is_OK_only_because_AWS_forgot_the_amounts_is_not_cleared()
    {
        var alarmed = Applied(null, Noon, Spent(850, Noon, alarm: true)).Told();
        var held = Spent(0, Noon.AddHours(4), alarm: false) with { UpdatedAt = Noon.AddHours(1) };

        var forgotten = Looked(alarmed, Noon.AddHours(4), held);
        var known = Looked(forgotten, Noon.AddHours(12), Spent(860, Noon.AddHours(12), alarm: true) with { UpdatedAt = Noon.AddHours(1) });

        Assert.Empty(forgotten.Untold);
        Assert.Empty(known.Untold);
    }

    [Fact]
    public void Money_that_runs_out_within_ten_days_is_told_once_for_the_level()
    {
        var days = Enumerable.Range(2, 10).Select(day => new HistoryItem
        {
            Key = new HistoryKey(Budget, new DateOnly(2026, 11, day)),
            Period = BudgetPeriod.Of(TimeUnit.MONTHLY, new DateOnly(2026, 11, day)),
            Unit = "USD",
            Actual = 50 * day,
            WrittenAt = Noon,
        }).ToImmutableArray();
        var row = Applied(null, Noon.AddDays(-1), Spent(550, Noon.AddDays(-1))).Told();

        var first = LookedWith(row, Noon);
        var second = LookedWith(first.Told(), Noon.AddHours(4));

        var told = Assert.Single(first.Untold, untold => untold.Kind == SpendEvent.RunningOut);
        Assert.Equal((SpendEvent.RunningOut, 10), (told.Kind, told.Detail().GetProperty("level").GetInt32()));
        Assert.Equal("2026-11-20", told.Detail().GetProperty("exhaustedOn").GetString());
        Assert.Empty(second.Untold);

        StatusRow LookedWith(StatusRow before, DateTimeOffset at) => StatusChange.Looked(
            before,
            StatusSteps.Key,
            StatusSteps.Report("aaaa", 1, at, ReportOutcome.Looked) with { Budgets = [Spent(600, at)] },
            SpendBounds.Default,
            at,
            days);
    }

    [Fact]
    public void Events_that_the_bus_has_not_taken_wait_with_those_that_follow()
    {
        var over = Applied(null, Noon, Spent(1050, Noon));
        var critical = Looked(over, Noon.AddHours(4), Spent(1250, Noon.AddHours(4)));

        Assert.Equal(["Over", "Critical"], critical.Untold.Select(told => told.Detail().GetProperty("after").GetString()));
        Assert.Equal(["Critical"], StatusChange.Told(critical, over.Untold).Untold.Select(told => told.Detail().GetProperty("after").GetString()));
    }
}
