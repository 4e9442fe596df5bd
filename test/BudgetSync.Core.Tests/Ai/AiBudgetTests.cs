using System.Globalization;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

public sealed class AiBudgetTests
{
    [Fact]
    public void Without_a_row_a_budget_is_one_dollar_in_30_days_told_at_70_and_90_percent_with_five_minutes_of_grace_and_only_watched() =>
        Assert.Equal(new AiBudget(1, AiWindow.Parse("30d")!, 70, 90, TimeSpan.FromMinutes(5), ResponseMode.WATCH), AiBudget.Default);

    [Theory]
    [InlineData("0", AiStanding.Within)]
    [InlineData("0.699999999", AiStanding.Within)]
    [InlineData("0.7", AiStanding.Warned)]
    [InlineData("0.899999999", AiStanding.Warned)]
    [InlineData("0.9", AiStanding.Critical)]
    [InlineData("0.999999999", AiStanding.Critical)]
    [InlineData("1", AiStanding.Over)]
    [InlineData("250", AiStanding.Over)]
    public void An_amount_stands_where_the_percentages_say(string spent, AiStanding expected) =>
        Assert.Equal(expected, AiBudget.Default.Of(decimal.Parse(spent, CultureInfo.InvariantCulture)));

    [Fact]
    public void A_limit_of_nothing_is_a_slip_and_leads_nowhere()
    {
        var none = AiBudget.Default with { Limit = 0, Mode = ResponseMode.ARMED };

        Assert.Equal((AiStanding.Within, AiStanding.Within), (none.Of(0), none.Of(1_000_000)));
    }

    [Theory]
    [InlineData("MONTHLY", "2026-11-29T23:59:59Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("MONTHLY", "2026-12-31T23:30:00-02:00", "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z")]
    [InlineData("WEEKLY", "2026-11-29T23:59:59Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("WEEKLY", "2026-11-30T00:00:00Z", "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z")]
    [InlineData("DAILY", "2026-11-29T00:00:00Z", "2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("5h", "1970-01-01T04:59:59Z", "1970-01-01T00:00:00Z", "1970-01-01T05:00:00Z")]
    [InlineData("5h", "1970-01-02T01:00:00Z", "1970-01-02T01:00:00Z", "1970-01-02T06:00:00Z")]
    [InlineData("30d", "1970-01-31T00:00:00Z", "1970-01-31T00:00:00Z", "1970-03-02T00:00:00Z")]
    public void A_window_holds_an_instant(string window, string at, string start, string end)
    {
        var period = AiWindow.Parse(window)!.Of(Instant(at));

        Assert.Equal(new AiPeriod(Instant(start), Instant(end)), period);
        Assert.True(period.Holds(Instant(at)));
        Assert.False(period.Holds(Instant(end)));
    }

    [Fact]
    public void Windows_follow_each_other_without_gap()
    {
        foreach (var window in AiWindow.All)
        {
            var period = window.Of(Instant("2026-11-29T08:00:00Z"));
            for (var number = 0; number < 100; number++)
            {
                var next = window.Of(period.End);
                Assert.Equal(period.End, next.Start);
                Assert.Equal(period, window.Of(period.End.AddTicks(-1)));
                period = next;
            }
        }
    }

    [Theory]
    [InlineData("monthly")]
    [InlineData("6h")]
    [InlineData("")]
    public void Other_words_are_no_window(string text) => Assert.Null(AiWindow.Parse(text));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
