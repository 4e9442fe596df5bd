using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
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
            "4 budgets of 4 accounts: 1 Shutdown, 1 Critical, 1 Over. Of 4,000 USD a month 4,600 are spent (115.0 %).",
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

        Assert.Equal("1 budget of 1 account: none needs attention. Of 1,000 USD a month 700 are spent (70.0 %).", digest.Text);
        Assert.Empty(digest.Facts);
    }

    [Fact]
    public void Accounts_whose_rows_are_not_carried_out_are_counted()
    {
        var digest = Of(Row("111122223333", 700), Row("222222222222", 700) with { State = AccountState.Rejected });

        Assert.StartsWith("2 budgets of 2 accounts: 1 account Rejected, Failed, Blocked or Unchecked.", digest.Text, StringComparison.Ordinal);
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
        var digest = Of([.. Enumerable.Range(1, 40).Select(number => Row($"{number:000000000000}", 1050, name))]);

        var body = AlertFormat.Body(digest, SampleAlerts.Channel(kind));

        Assert.Empty(AlertFormatTests.Refused(kind, body));
        Assert.DoesNotContain("\u202E", body, StringComparison.Ordinal);
        if (kind is ChannelKind.Slack or ChannelKind.SlackWebhook or ChannelKind.Chat) Assert.DoesNotContain("<!channel>", body, StringComparison.Ordinal);
    }

    [Fact]
    public void It_looks_as_its_golden_files()
    {
        var digest = Of(Row("111122223333", 700), Row("222222222222", 1050), Row("333333333333", 1600, "prod"), Row("444444444444", 1250));

        AlertFormatTests.Same("Slack.digest", AlertFormatTests.Shown(digest, ChannelKind.Slack));
        AlertFormatTests.Same("Teams.digest", AlertFormatTests.Shown(digest, ChannelKind.Teams));
    }

    public static TheoryData<ChannelKind> Kinds { get; } =
        [ChannelKind.Slack, ChannelKind.SlackWebhook, ChannelKind.Teams, ChannelKind.Webhook, ChannelKind.Chat];

    private static Alert Of(params StatusRow[] rows) => Digest.Of(DigestInterval.Daily, rows, new DateOnly(2026, 11, 12), Noon);

    private static StatusRow Row(string account, int spent, string name = "") =>
        Applied(null, Noon, Spent(spent, Noon)) with { Key = account, AccountName = name };
}
