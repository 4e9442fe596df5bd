using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.OwnCosts;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Alerts;

public sealed class DigestTests
{
    /// <summary>A Thursday.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(DigestInterval.Daily, "2026-11-12T05:59:59Z", "2026-11-11")]
    [InlineData(DigestInterval.Daily, "2026-11-12T06:00:00Z", "2026-11-12")]
    [InlineData(DigestInterval.Weekly, "2026-11-12T12:00:00Z", "2026-11-09")]
    [InlineData(DigestInterval.Weekly, "2026-11-16T05:00:00Z", "2026-11-09")]
    [InlineData(DigestInterval.Weekly, "2026-11-16T06:00:00Z", "2026-11-16")]
    [InlineData(DigestInterval.Weekly, "2026-11-15T23:00:00Z", "2026-11-09")]
    public void Its_time_is_six_in_the_morning_each_day_or_on_Mondays(DigestInterval interval, string now, string day) =>
        Assert.Equal(day, DayText.Format(Digest.DayOf(interval, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void It_counts_what_needs_attention_adds_up_months_and_lists_the_worst_first()
    {
        var digest = Of(Row("111122223333", 700), Row("222222222222", 1050), Row("333333333333", 1600, "prod"), Row("444444444444", 1250));

        Assert.Equal("Daily digest of 2026-11-12", digest.Title);
        Assert.Equal(
            "4 budgets of 4 accounts: 1 Shutdown, 1 Critical, 1 Over. Spent of 4,000 USD a month: 4,600 USD (115.0 %).",
            digest.Text);
        Assert.Equal(
            [
                "team-a of prod (333333333333): Shutdown; 1,600 USD (160.0 %)",
                "team-a of 444444444444: Critical; 1,250 USD (125.0 %)",
                "team-a of 222222222222: Over; 1,050 USD (105.0 %)",
            ],
            digest.Facts.Select(fact => $"{fact.Name}: {fact.Value}"));
    }

    [Fact]
    public void It_says_so_where_nothing_needs_attention()
    {
        var digest = Of(Row("111122223333", 700));

        Assert.Equal("1 budget of 1 account: none needs attention. Spent of 1,000 USD a month: 700 USD (70.0 %).", digest.Text);
        Assert.Empty(digest.Facts);
    }

    [Fact]
    public void Accounts_whose_rows_are_not_carried_out_are_counted_by_state_and_named_with_the_reason()
    {
        var digest = Of(
            Row("111122223333", 700),
            Row("222222222222", 700) with { State = AccountState.Blocked, Reasons = ["the role cannot be assumed"] },
            Row("333333333333", 700, "prod") with { State = AccountState.Rejected, Reasons = ["BudgetValue: -1 is not above 0", "another"] });

        Assert.StartsWith("3 budgets of 3 accounts: 1 account Rejected, 1 account Blocked.", digest.Text, StringComparison.Ordinal);
        Assert.Equal(
            new AlertFact("Not carried out", "prod Rejected: BudgetValue: -1 is not above 0; 222222222222 Blocked: the role cannot be assumed"),
            Assert.Single(digest.Facts));
    }

    /// <summary>Of a budget that is spent nothing is left to run out, also where the newest look could not say how many days.</summary>
    [Theory]
    [InlineData(3, "1 runs out before the period ends")]
    [InlineData(0, "none needs attention")]
    [InlineData(null, "none needs attention")]
    public void What_ran_out_is_not_counted_as_running_out(int? days, string summary)
    {
        var row = Row("111122223333", 700);
        var standing = row.Spend[0] with { RunwayDays = days };
        var digest = Of(row with { Spend = [standing with { Memory = standing.Memory with { RunwayLevel = 4 } }] });

        Assert.Contains(summary, digest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_the_twelve_worst_are_listed_and_it_is_said_that_there_are_more()
    {
        var digest = Of([.. Enumerable.Range(1, 40).Select(number => Row($"{number:000000000000}", 1050)), Row("999999999999", 1250)]);

        Assert.Equal((12, "team-a of 999999999999"), (digest.Facts.Length, digest.Facts[0].Name));
        Assert.EndsWith("The 12 that need it most are listed.", digest.Text, StringComparison.Ordinal);
    }

    /// <summary>Names are texts of people, and a provider must take the longest of the letters that grow most.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_provider_takes_it_whatever_names_there_are(ChannelKind kind)
    {
        var name = string.Concat(Enumerable.Repeat("<!channel>😀\u202E\"&", 20));
        var rows = Enumerable.Range(1, 40)
            .Select(number => Row($"{number:000000000000}", 1050, name) with { DesiredRevision = "r", ReportedAt = Noon.AddDays(-9) })
            .ToList();
        var digest = Digest.Of(Context([.. rows]) with
        {
            Rises = [.. rows.Select(row => new BudgetRise(row.Key, name, name, 0, 1e20m, "USD"))],
            Anomalies = [.. rows.Select(row => Anomaly(row.Key, 1e20m, name))],
            Envelopes = [.. rows.Select(row => Line(row.Key, name, 1, 1e20m, 1e20m, 1e20m))],
            OwnCost = new OwnCost(int.MaxValue / 1000, 1) { BudgetsWithActions = int.MaxValue / 1000, CostRequests = int.MaxValue / 1000 },
        });

        var body = AlertFormat.Body(digest, SampleAlerts.Channel(kind));

        Assert.Empty(AlertFormatTests.Refused(kind, body));
        Assert.DoesNotContain("\u202E", body, StringComparison.Ordinal);
        if (kind is ChannelKind.Slack or ChannelKind.SlackWebhook or ChannelKind.Chat) Assert.DoesNotContain("<!channel>", body, StringComparison.Ordinal);
    }

    [Fact]
    public void It_looks_as_its_golden_files()
    {
        var digest = Digest.Of(Full());

        foreach (var kind in ChannelKinds)
            AlertFormatTests.Same($"{kind}.digest", AlertFormatTests.Shown(digest, kind));
    }

    /// <summary>Those that may have a digest.</summary>
    private static readonly ChannelKind[] ChannelKinds =
        [ChannelKind.Slack, ChannelKind.SlackWebhook, ChannelKind.Teams, ChannelKind.Webhook, ChannelKind.Chat, ChannelKind.Email];

    public static TheoryData<ChannelKind> Kinds { get; } = [.. ChannelKinds.Where(kind => kind != ChannelKind.Email)];

    [Fact]
    public void It_says_what_rose_most_what_is_unusual_idle_and_silent_which_envelopes_need_attention_and_what_it_costs_itself() =>
        Assert.Equal(
            [
                "Rose most: prod +40 USD a day (10 before, 50 now); 222222222222 +5 USD a day (1 before, 6 now)",
                "Unusual costs: 222222222222 +412.30 USD (Amazon EC2, us-east-1); prod +60 USD",
                "Envelopes: Research of 50,000 USD: allocated 122.0 %, spent 110.0 %, expected 120.0 %; "
                    + "default of 90,000 USD: allocated 122.2 %, spent 20.0 %, expected 30.0 %",
                "Idle: 444444444444 (last spent on 2026-05-03)",
                "No report for a day: prod (last on 2026-11-10 12:00 UTC)",
                "BudgetSync itself: about 1.30 USD a month by reckoning, with 1,000 accounts; 10 budgets with actions: about 23.80 USD a month; "
                    + "42 requests of Cost Explorer this month: 0.42 USD",
            ],
            Digest.Of(Full()).Facts.Select(fact => $"{fact.Name}: {fact.Value}").Where(line => !line.StartsWith("team-a", StringComparison.Ordinal)));

    [Fact]
    public void What_is_over_or_not_much_is_not_in_it()
    {
        var quiet = Context(Row("111122223333", 700)) with
        {
            Anomalies = [Anomaly("111122223333", 60, "") with { SeenAt = Noon.AddDays(-8) }],
            Envelopes = [Line("ou-ab12-11111111", "Research", 50_000, 40_000, 10_000, 20_000)],
        };

        Assert.Empty(Digest.Of(quiet).Facts);
    }

    [Fact]
    public void A_section_names_three_and_says_how_many_there_are()
    {
        var rows = Enumerable.Range(1, 9).Select(number => Row($"{number:000000000000}", 700)).ToArray();

        var digest = Digest.Of(Context(rows) with { Anomalies = [.. rows.Select((row, number) => Anomaly(row.Key, 100 - number, ""))] });

        Assert.Equal("000000000001 +100 USD; 000000000002 +99 USD; 000000000003 +98 USD; and 6 more", Assert.Single(digest.Facts).Value);
    }

    private static DigestContext Full()
    {
        var prod = Row("333333333333", 700, "prod") with { DesiredRevision = "r", ReportedAt = Noon.AddDays(-2) };
        var idle = Row("444444444444", 0);
        idle = idle with
        {
            Spend = [.. idle.Spend.Select(one => one with { Memory = one.Memory with { UnusedPeriods = 4, LastSpentOn = new DateOnly(2026, 5, 3) } })],
        };
        return Context(Row("111122223333", 700), Row("222222222222", 1050), prod, idle) with
        {
            Rises =
            [
                new BudgetRise("222222222222", "", "team-a", 1, 6, "USD"), new BudgetRise("333333333333", "prod", "team-a", 10, 50, "USD"),
                new BudgetRise("333333333333", "prod", "team-b", 1, 3, "USD"),
            ],
            Anomalies = [Anomaly("333333333333", 60, ""), Anomaly("222222222222", 412.3m, "Amazon EC2, us-east-1")],
            Envelopes =
            [
                Line("default", "", 90_000, 110_000, 18_000, 27_000), Line("ou-ab12-11111111", "Research", 50_000, 61_000, 55_000, 60_000),
                Line("ou-ab12-22222222", "Quiet", 50_000, 40_000, 10_000, 20_000),
            ],
            OwnCost = new OwnCost(1_000, 4) { BudgetsWithActions = 10, CostRequests = 42 },
        };
    }

    private static CostAnomaly Anomaly(string account, decimal impact, string cause) => new("a", account, impact, null, cause, "2026-11-10", Noon);

    private static EnvelopeLine Line(string key, string name, decimal amount, decimal allocated, decimal spent, decimal expected)
    {
        var envelope = new Envelope(amount, "USD");
        var member = new EnvelopeMember(AccountId.Parse("111122223333"), "") { Limit = allocated, Actual = spent, Forecast = expected };
        return new EnvelopeLine(key, name, envelope, EnvelopeStanding.Of(key, name, envelope, [member], SpendBounds.Default), []);
    }

    private static DigestContext Context(params StatusRow[] rows) => new(DigestInterval.Daily, rows, new DateOnly(2026, 11, 12), Noon);

    private static Alert Of(params StatusRow[] rows) => Digest.Of(Context(rows));

    private static StatusRow Row(string account, int spent, string name = "") =>
        Applied(null, Noon, Spent(spent, Noon)) with { Key = account, AccountName = name };
}
